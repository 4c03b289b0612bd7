"""What a file is that is no text table and no story: told by its first bytes, never by its name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file in words for a lifter, and what to do with it where a table of text is wanted."""

    name: str
    do: str


_SHEET = "open it and save the sheet as CSV"
_EXPORT = "use the app's CSV export"
_SHOWN_IN_BROWSER = FileKind(name="a web page (HTML)", do="open it in a spreadsheet and save it as CSV")
_KINDS = (
    (b"PK\x03\x04", FileKind(name="a spreadsheet (.xlsx) or a zip archive", do=f"{_SHEET}, or unzip it")),
    (b"\xd0\xcf\x11\xe0", FileKind(name="an old spreadsheet (.xls)", do=_SHEET)),
    (b"%PDF", FileKind(name="a PDF", do=_EXPORT)),
    (b"\x89PNG", FileKind(name="a picture", do=_EXPORT)),
    (b"\xff\xd8\xff", FileKind(name="a picture", do=_EXPORT)),
    (b"SQLite format 3\x00", FileKind(name="a database backup", do=f"{_EXPORT} instead of its backup")),
    (b"\x1f\x8b", FileKind(name="a gzip archive", do="unpack it first")),
)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml")
_HEAD = 200
_FIT_MARK = slice(8, 12)


def foreign_kind(content: bytes) -> FileKind | None:
    """The kind of a file that holds neither a table of text nor a story; None where it may."""
    for start, kind in _KINDS:
        if content.startswith(start):
            return kind
    if content[_FIT_MARK] == b".FIT":
        return FileKind(name="a watch recording (FIT)", do=f"{_EXPORT} of a training app")
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return _SHOWN_IN_BROWSER if head.startswith(_PAGES) else None
