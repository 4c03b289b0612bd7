"""From bytes to text: encodings, line ends, and what is no text."""

from __future__ import annotations

import pytest

from liftback.exchange.training_files import FileError, decoding, read_training_file
from tests.unit.exchange_training.samples import STRONG, TODAY, row

TEXT = "\n".join((STRONG, row("Kniebeuge Übung"), row("Squat"), ""))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_sets(encoding: str, end: str) -> None:
    log = read_training_file(TEXT.replace("\n", end).encode(encoding), today=TODAY)
    assert [one.exercise for one in log.sets] == ["Kniebeuge Übung", "Squat"]
    assert [one.line for one in log.sets] == [2, 3]


def test_a_guessed_encoding_is_said() -> None:
    assert "Windows-1252" in read_training_file(TEXT.encode("cp1252")).notes[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04" + bytes(50), "zip"),
        (b"SQLite format 3\x00" + bytes(50), "database backup"),
        (b"%PDF-1.7", "PDF"),
        (bytes([14, 16]) + b"\x00\x00\x00\x00\x00\x00.FIT" + bytes(20), "watch recording"),
        (bytes(range(1, 256)) * 20, "binary"),
        (TEXT.encode().replace(b"Squat", b"Squ\x00at"), "Line 3 holds NUL bytes"),
        (b"\xff\xfe" + b"a", "byte"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(FileError, match=says) as caught:
        read_training_file(content)
    assert "\n" not in str(caught.value)


def test_a_file_beyond_reason_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 1024 * 1024)
    with pytest.raises(FileError, match="2 MB and Liftback reads up to 1 MB"):
        read_training_file(b"x" * (2 * 1024 * 1024))


def test_a_separator_line_of_a_spreadsheet_is_heeded() -> None:
    text = "sep=;\n" + TEXT.replace(",", ";")
    assert len(read_training_file(text.encode()).sets) == 2
