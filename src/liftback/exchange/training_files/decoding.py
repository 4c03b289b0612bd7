"""From the bytes of a file to text: UTF-8 first, then the encodings that spreadsheets and phones write."""

from __future__ import annotations

import codecs

from liftback.exchange.file_kinds import foreign_kind

MAX_BYTES = 100 * 1024 * 1024  # far above any real log: ten years of daily training stay below 10 MB


class FileError(Exception):
    """A file that cannot be used. The message is one sentence: what is wrong, where, and what to do."""


_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BOMS_ALONE = frozenset(mark for mark, _ in _BOMS)
_MOST, _FEW = 0.6, 0.1  # shares of NUL bytes on the two sides of UTF-16
_CONTROL = frozenset(range(32)) - {9, 10, 13}  # all but tab and line ends


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and notes on how it was read. Raises FileError for what is no text."""
    if len(content) > MAX_BYTES:
        size = len(content) / 1024 / 1024
        raise FileError(
            f"The file is {size:,.0f} MB and Liftback reads up to {MAX_BYTES // 1024 // 1024} MB: "
            "export a shorter span of time, or split the file."
        )
    if not content.strip(b" \t\r\n\x00") or content in _BOMS_ALONE:
        raise FileError("The file is empty: export your log again from the app and check that it has rows.")
    kind = foreign_kind(content)
    if kind is not None:
        raise FileError(f"The file is {kind.name}, not a text export: {kind.do}.")
    text, notes = _text(content)
    if "\x00" in text:
        where = text.count("\n", 0, text.index("\x00")) + 1
        raise FileError(
            f"Line {where} holds NUL bytes, so the file is binary or broken: export it again as CSV or JSON."
        )
    return text, notes


def _text(content: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding), ()
    guessed = _utf16_without_mark(content[:4096])
    if guessed:
        return _strict(content, guessed), (f"The file was read as {guessed}.",)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _western(content)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileError(
            f"The file says it is {encoding.removesuffix('-sig').upper()} but byte {error.start:,} is not: "
            "export it again, or save it as UTF-8."
        ) from error


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a NUL in nearly every second byte, always on the same side."""
    pairs = len(head) // 2
    if not pairs:
        return None
    even = head[0 : 2 * pairs : 2].count(0) / pairs
    odd = head[1 : 2 * pairs : 2].count(0) / pairs
    if odd > _MOST > _FEW > even:
        return "utf-16-le"
    return "utf-16-be" if even > _MOST > _FEW > odd else None


def _western(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Windows-1252, unless the bytes are too odd to be anybody's text."""
    head = content[:65536]
    control = sum(byte in _CONTROL for byte in head)
    if control > len(head) / 100:
        raise FileError("The file is binary, not text: use the CSV or JSON export of your training app.")
    text = content.decode("cp1252", errors="replace")
    return text, ("The file is not UTF-8 and was read as Windows-1252; check names with accents.",)
