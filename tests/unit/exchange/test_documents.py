"""YAML and JSON as people write them: plain values only, and one sentence for everything else."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from liftback.exchange.documents import DocumentError, read_document


def value(written: str) -> object:
    document = read_document(f"a: {written}\n".encode(), "The story")
    assert isinstance(document, dict)
    return document["a"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", None),
        ("~", None),
        ("no", False),
        ("Yes", True),
        ("34", 34),
        ("-3", -3),
        ("0", 0),
        ("4.5", 4.5),
        (".5", 0.5),
        ("2026-11-01", date(2026, 11, 1)),
        (
            "2026-11-01T22:00:00-10:00",
            datetime(2026, 11, 1, 22, tzinfo=timezone(timedelta(hours=-10))),
        ),
        ("[a, 1]", ["a", 1]),
        # What plain YAML would turn into another number, or could not read at all, stays as typed.
        ("012", "012"),
        ("1:30", "1:30"),
        ("1:30.5", "1:30.5"),
        ("0x1f", "0x1f"),
        ("3_0", "3_0"),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 5000, "9" * 5000),
        ("2026-13-45", "2026-13-45"),
        ("2026-11-01T10:00:00+99:00", "2026-11-01T10:00:00+99:00"),
        ("=", "="),
    ],
)
def test_a_value_is_read_as_a_person_means_it(written: str, read: object) -> None:
    assert value(written) == read
    assert type(value(written)) is type(read)


def test_json_numbers_of_absurd_length_stay_text() -> None:
    assert read_document(b'{"a": ' + b"9" * 5000 + b"}", "The story") == {"a": "9" * 5000}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a: !!python/object/apply:os.system [ls]", "uses a YAML tag ('tag:yaml.org,2002:python/object/app"),
        ("a: !!timestamp x", "uses a YAML tag"),
        ("a: !!bool x", "uses a YAML tag"),
        ("a: !!int ''", "uses a YAML tag"),
        ("a: !mine x", "uses a YAML tag ('!mine') at line 1; please write the plain value."),
        ("a: &x [1]\nb: *x", "uses a YAML alias (*x); please write the value out."),
        ("a: &x [*x]", "uses a YAML alias"),
        ("[" * 100_000, "nested deeper than 10 levels at line 1"),
        ("a: " + "{b: " * 100_000, "nested deeper than 10 levels"),
        ("- " * 50_000, "nested deeper than 10 levels"),
        ('{"a":' * 100_000, "nested deeper than 10 levels"),
        ('{"a":' + "[" * 20 + "]" * 20 + "}", "nested deeper than 10 levels"),
        ("a: 1\nb: 2\na: 3\n", "In the story 'a' is written twice, at lines 1 and 3; keep one."),
        ('{"a": 1, "a": 2}', "In the story 'a' is written twice; keep one."),
        ("a: {b: 1, b: 2}", "written twice"),
        ("a: {b: 1}\n---\na: 2", "not readable as YAML at line 2, column 1"),
        ("a: 'x", "not readable as YAML"),
        ("a:\n\tb: 1", "not readable as YAML at line 2, column 1: found character"),
        ("? [a]\n: 1", "unhashable"),
        ('{"a": "\\ud800"}', "holds half a letter in '\\ud800'; please write that word again."),
        ('{"a": 1', "not readable as YAML"),
    ],
)
def test_what_is_no_plain_document_is_refused_in_one_sentence(content: str, sentence: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_document(content.encode(), "The story")
    said = str(refused.value)
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04", "is a spreadsheet (.xlsx) or a zip archive, not a text file; give a YAML or JSON file."),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "is a web page (HTML)"),
        (b"a: 1\nb: R\xfccken", "is not readable as text at line 2; save it as UTF-8 and try again."),
        (b"a: 1\x00", "is not a text file; give a YAML or JSON file, saved as UTF-8."),
        ("a: 1".encode("utf-16-le"), "is not a text file"),
    ],
)
def test_another_kind_of_file_is_named(content: bytes, sentence: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_document(content, "The story")
    assert str(refused.value).startswith("The story " + sentence)


def test_a_merge_is_a_name_that_nobody_knows_and_never_an_answer() -> None:
    assert read_document(b"a: {<<: {fever: x}}", "The story") == {"a": {"<<": {"fever": "x"}}}
