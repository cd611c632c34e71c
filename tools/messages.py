"""Collect the messages of the web's templates into its catalogues: new ones come in empty, those no longer used go.

python tools/messages.py            # then translate what is empty in src/summitry/web/locale/*/messages.po
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parents[1] / "src" / "summitry" / "web"
METHODS = [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}


def template() -> Catalog:
    """All messages that the code asks for."""
    found = Catalog()
    for name, line, message, comments, context in extract_from_dir(WEB, METHODS, OPTIONS, KEYWORDS):
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def stored(path: Path) -> Catalog:
    """A catalogue as it is."""
    return read_po(io.BytesIO(path.read_bytes()), locale=path.parent.name)


def main() -> None:
    """Bring every catalogue up to date."""
    wanted = template()
    for path in sorted(WEB.glob("locale/*/messages.po")):
        catalog = stored(path)
        catalog.update(wanted, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        out = io.BytesIO()
        write_po(out, catalog, width=120, omit_header=False, sort_output=True, no_location=True)
        path.write_bytes(out.getvalue())
        empty = [one.id for one in catalog if one.id and not one.string]
        sys.stdout.write(f"{path.parent.name}: {len(catalog)} messages, {len(empty)} to translate\n")


if __name__ == "__main__":
    main()
