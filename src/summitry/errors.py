"""What can go wrong, one sentence each; `cli` and `web` alone decide what the user sees of it."""


class SummitryError(Exception):
    """Something the user can act on; the message says what, where and what to do."""


class InputError(SummitryError):
    """A document cannot be read: missing, empty, binary, too large, or in a language we do not read."""


class UsageError(SummitryError):
    """The request itself makes no sense: an unknown country, a window that ends before it begins."""


class DateError(UsageError):
    """A string is no EDTF level 1 date."""


class LanguageError(SummitryError):
    """A language file is missing or malformed; the message names file and entry."""


class RecordError(SummitryError):
    """The record is busy, damaged, not ours or of a newer version."""
