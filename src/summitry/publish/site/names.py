"""Names of the pages of a static site: short, safe for every file system and web server, and never two alike."""

import hashlib
import re

UNSAFE = re.compile(r"[^a-z0-9_-]+")
LONGEST = 60


class Addresses:
    """Gives every identifier one file name; what had to be changed to be safe gets a part of its digest."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def of(self, identifier: str) -> str:
        """The file name of `identifier`, without folder and extension; the same one each time.

        >>> Addresses().of("ru-vladimir-putin"), Addresses().of("../Ä").startswith("x-")
        ('ru-vladimir-putin', True)
        """
        if identifier not in self._given:
            safe = UNSAFE.sub("-", identifier)[:LONGEST].strip("-") or "x"
            if safe != identifier:  # upper case as well: some file systems do not tell it from lower case
                digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
                safe = f"{safe}-{digest}"
            self._given[identifier] = safe
        return self._given[identifier]


def pair_address(one: str, other: str) -> str:
    """The file name of a pair of countries, in the order of the alphabet ("kp-ru")."""
    return "-".join(sorted((one.lower(), other.lower())))
