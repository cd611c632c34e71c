"""A snapshot that can be cited and checked: an RO-Crate 1.1 in a zip, with data, chronicle, checksums and citation.

Files: encounters.json (the whole record), the tables of the tabular package, chronicle.html and chronicle.txt,
CITATION.cff (Citation File Format 1.2), datacite.json (DataCite 4 attributes, without a DOI, which others mint),
sha256sums.txt (`sha256sum -c` checks it) and ro-crate-metadata.json, which describes them all with size and digest.
An encounter is no entity of the crate; it is a row of the data. Checked by reading the crate with rocrate 0.16 and
checking every digest, see tests.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from summitry.model import Encounter
from summitry.publish.chronicle import Chronicle, chronicle
from summitry.publish.formats import tabular
from summitry.publish.formats.common import Context, Export, to_json
from summitry.publish.formats.records import write_json
from summitry.publish.render import clean, to_html, to_text

METADATA = "ro-crate-metadata.json"
MEDIA = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".html": "text/html",
    ".txt": "text/plain",
    ".cff": "application/yaml",
}


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """The zip archive."""
    return Export(tabular.archive(files(encounters, context), context))


def files(encounters: Sequence[Encounter], context: Context) -> dict[str, bytes]:
    """The files of the crate by name."""
    told = chronicle(encounters, context.options)
    data = {"encounters.json": write_json(encounters, context).content} | tabular.files(encounters, context)
    data |= {"chronicle.txt": to_text(told).encode(), "chronicle.html": to_html(told).encode()}
    data |= {"CITATION.cff": _cff(told, context), "datacite.json": to_json(_datacite(told, context))}
    data[METADATA] = to_json(_crate(told, data, context))
    sums = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(data.items()))
    return data | {"sha256sums.txt": "".join(sums).encode()}


def _crate(told: Chronicle, data: Mapping[str, bytes], context: Context) -> dict[str, Any]:
    """https://www.researchobject.org/ro-crate/1.1/: the descriptor, the root data set, a File for everything in it."""
    licence = context.licence or "#licence"
    root = {
        "@id": "./", "@type": "Dataset", "name": clean(told.headline), "description": clean(" ".join(told.lead)),
        "datePublished": context.now, "license": {"@id": licence}, "hasPart": [{"@id": name} for name in sorted(data)],
        "version": context.now, "inLanguage": told.lang,
    }  # fmt: skip
    about = {
        "@id": METADATA, "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }  # fmt: skip
    terms = {
        "@id": licence, "@type": "CreativeWork",
        "name": context.licence or "Not stated", "description": "The licence of the data, as its publisher gave it.",
    }  # fmt: skip
    parts = [
        {"@id": name, "@type": "File", "name": name, "contentSize": str(len(content)),
         "encodingFormat": MEDIA[name[name.rindex("."):]], "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(data.items())
    ]  # fmt: skip
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [about, root, terms, *parts]}


def _cff(told: Chronicle, context: Context) -> bytes:
    lines = [
        "cff-version: 1.2.0", "message: Cite this snapshot as below.", "type: dataset", f"title: {_yaml(told.headline)}",
        f"authors:\n  - name: {_yaml(context.publisher)}", f"version: {_yaml(context.now)}", f"date-released: {context.now[:10]}",
    ]  # fmt: skip
    return ("\n".join(lines) + "\n").encode()


def _yaml(text: str) -> str:
    """A double-quoted scalar; YAML takes JSON's escapes."""
    return to_json(clean(text), indent=False).decode().strip()


def _datacite(told: Chronicle, context: Context) -> dict[str, Any]:
    """The attributes that DataCite's REST API takes for a new DOI (schema 4)."""
    rights = [{"rightsUri": context.licence}] if context.licence else []
    return {
        "creators": [{"name": context.publisher, "nameType": "Organizational"}], "titles": [{"title": clean(told.headline)}],
        "publisher": context.publisher, "publicationYear": int(context.now[:4]), "version": context.now,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Chronology"}, "language": told.lang,
        "descriptions": [{"descriptionType": "Abstract", "description": clean(" ".join(told.lead))}],
        "dates": [{"dateType": "Created", "date": context.now}], "rightsList": rights,
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }  # fmt: skip
