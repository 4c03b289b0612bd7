"""A directory of colleagues as a CSV file: read with a reason for every row that cannot be used, and written safely.

Header names are forgiving, `;` and `,` and tabs work, and so do files that a spreadsheet saved. Cells that a
spreadsheet would take for a formula are written with an apostrophe before them, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from liftback.records.policies import NotNowError
from liftback.records.scheduling.places import STATE_NAMES, STATES, is_zip
from liftback.records.write.storable import storable

LARGEST_FILE = 1_000_000
"""Bytes of one directory."""
MOST_ROWS = 5_000
LONGEST_LANGUAGES, LONGEST_NOTES = 20, 1_000
COLUMNS = (
    "name", "practice", "email", "phone", "website", "city", "state", "zip", "states", "telehealth", "in_person",
    "languages", "notes",
)  # fmt: skip
_ALSO = {
    "name": ("therapist", "full name", "contact", "clinician"),
    "practice": ("clinic", "company", "business", "organisation", "organization"),
    "email": ("e-mail", "mail", "email address", "e-mail address"),
    "phone": ("telephone", "tel", "phone number", "mobile"),
    "website": ("web", "url", "site", "homepage", "link"),
    "city": ("town", "place"),
    "state": ("home state", "located in"),
    "zip": ("zip code", "zipcode", "postal code", "postcode", "zip5"),
    "states": ("licensed in", "licence states", "license states", "licences", "licenses", "licensed states"),
    "telehealth": ("video", "online", "remote", "virtual"),
    "in_person": ("in person", "in-person", "on site", "onsite"),
    "languages": ("language", "speaks"),
    "notes": ("note", "lifter notes", "remarks", "comments", "comment", "lifter_notes"),
}
_LENGTHS = {"name": 120, "practice": 120, "email": 254, "phone": 32, "website": 200, "city": 80, "notes": LONGEST_NOTES}
_YES = frozenset(("yes", "y", "true", "1", "x", "on", "✓"))
_NO = frozenset(("no", "n", "false", "0", "", "-", "off"))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BY_NAME = {name.casefold(): code for code, name in STATES}
_LISTED = re.compile(r"[;,/|\s]+")
_LISTED_NAMES = re.compile(r"[;,/|]+")
_is_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A row that cannot be used: its line in the file, why, and its beginning."""

    line: int
    why: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What was read: rows by line (values of `records.tables.practice.Colleague` by name), and what was not."""

    rows: tuple[tuple[int, Mapping[str, Any]], ...]
    faults: tuple[Fault, ...]
    told: frozenset[str] = frozenset()
    """The names of the values for which the file has a column."""
    unknown: tuple[str, ...] = ()
    """Columns that nobody knows; they are left out."""


def parsed(content: bytes) -> Parsed:
    """Read a file. Raises NotNowError for one that is none at all: too large, no table, no column for names."""
    if len(content) > LARGEST_FILE:
        raise NotNowError("That file is larger than 1 MB; a directory is smaller. Nothing was kept of it.")
    text = _decoded(content)
    if "\0" in text:
        raise NotNowError("That is no CSV file. Save the table as CSV (UTF-8), and choose that one.")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        table = [(lines.line_num, [_plain(cell) for cell in row]) for row in lines]
    except csv.Error:
        raise NotNowError("That cannot be read as a table. Save it as CSV (UTF-8), and choose it again.") from None
    table = [(line, row) for line, row in table if any(row)]
    if not table:
        raise NotNowError("That file is empty. Nothing was kept of it.")
    names = [_column(cell) for cell in table[0][1]]
    if "name" not in names:
        raise NotNowError(f"The first line names the columns, and one of them is “name”. Known: {', '.join(COLUMNS)}.")
    if len(table) - 1 > MOST_ROWS:
        raise NotNowError(f"That are more than {MOST_ROWS:,} rows. Import them in parts.")
    unknown = tuple(cell[:40] for cell, name in zip(table[0][1], names, strict=True) if not name and cell)
    return _rows(table[1:], names, unknown)


def _rows(table: Iterable[tuple[int, list[str]]], names: Sequence[str], unknown: tuple[str, ...]) -> Parsed:
    rows: list[tuple[int, Mapping[str, Any]]] = []
    faults: list[Fault] = []
    keys: dict[tuple[str, ...], int] = {}
    for line, cells in table:
        told = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        values, wrong = colleague_of(told)
        key = key_of(values)
        if not wrong and key in keys:
            wrong = {"name": f"The same as line {keys[key]}: two rows have this e-mail, or this name and ZIP code."}
        if wrong:
            faults.append(Fault(line=line, why=" ".join(wrong.values()), text=", ".join(filter(None, cells))[:120]))
        else:
            keys[key] = line
            rows.append((line, values))
    columns = frozenset("lifter_notes" if name == "notes" else name for name in names if name)
    return Parsed(rows=tuple(rows), faults=tuple(faults), told=columns, unknown=unknown)


def colleague_of(told: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a colleague as typed, and a sentence for each that cannot be used, by column.

    Where no licence state is told, there is none: a place is no licence.
    """
    clean = {name: " ".join(storable(told.get(name, "")).split()) for name in COLUMNS}
    wrong = {name: f"{name}: at most {most} letters." for name, most in _LENGTHS.items() if len(clean[name]) > most}
    if not clean["name"]:
        wrong["name"] = "There is no name."
    for name, valid in (("email", validate_email), ("website", _is_url)):
        clean["website"] = _with_scheme(clean["website"])
        if clean[name] and not _passes(valid, clean[name]):
            wrong[name] = f"“{clean[name][:60]}” is no {'e-mail address' if name == 'email' else 'web address'}."
    values: dict[str, Any] = {name: clean[name] for name in ("name", "practice", "phone", "website", "city")}
    values |= {"email": clean["email"].casefold(), "lifter_notes": clean["notes"]}
    values["zip"] = _zip(clean["zip"], wrong)
    values["state"] = _state(clean["state"], wrong)
    values["states"] = _states(clean["states"], wrong)
    values["languages"] = [one.casefold()[:20] for one in _LISTED_NAMES.split(clean["languages"]) if one.strip()]
    values["languages"] = [one.strip() for one in values["languages"]][:LONGEST_LANGUAGES]
    values["telehealth"] = _flag("telehealth", clean["telehealth"], wrong)
    values["in_person"] = _flag("in_person", clean["in_person"] or ("yes" if "in_person" not in told else ""), wrong)
    return values, wrong


def key_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells one colleague from another: the e-mail address, else the name and the ZIP code."""
    return (values["email"],) if values["email"] else (values["name"].casefold(), values["zip"])


def written(rows: Iterable[Mapping[str, Any]]) -> str:
    """Colleagues (values by name, as `colleague_of` gives them) as a CSV file that `parsed` reads back the same."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in rows:
        told = {
            **one,
            "states": " ".join(one["states"]),
            "languages": ", ".join(one["languages"]),
            "notes": one["lifter_notes"],
            "telehealth": "yes" if one["telehealth"] else "no",
            "in_person": "yes" if one["in_person"] else "no",
        }
        writer.writerow([_harmless(str(told[name])) for name in COLUMNS])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.startswith("'") else cell


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from calculating it."""
    text = cell.strip(" \ufeff")
    return text[1:] if text[:1] == "'" and text[1:2] and (text[1] in _FORMULA or text[1] == "'") else text


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what a spreadsheet on Windows saves


def _delimiter(text: str) -> str:
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)


def _column(cell: str) -> str:
    word = " ".join(cell.casefold().replace("_", " ").split())
    known = ((name, (name.replace("_", " "), *also)) for name, also in _ALSO.items())
    return next((name for name, words in known if word in words), "")


def _passes(valid: Any, text: str) -> bool:
    try:
        valid(text)
    except ValidationError:
        return False
    return True


def _with_scheme(website: str) -> str:
    return website if not website or "://" in website else f"https://{website}"


def _zip(text: str, wrong: dict[str, str]) -> str:
    short = text.split("-", maxsplit=1)[0].strip()
    if short.isdigit() and len(short) == 4:  # noqa: PLR2004 - a spreadsheet took it for a number, and its nought away
        short = f"0{short}"
    if short and not is_zip(short):
        wrong["zip"] = f"“{text[:20]}” is no ZIP code of five digits."
        return ""
    return short


def _state(text: str, wrong: dict[str, str]) -> str:
    code = _BY_NAME.get(text.casefold(), text.upper())
    if code and code not in STATE_NAMES:
        wrong["state"] = f"“{text[:40]}” is no state."
        return ""
    return code


def _states(text: str, wrong: dict[str, str]) -> list[str]:
    parts = _LISTED.split(text) if all(len(one) <= 2 for one in _LISTED.split(text)) else _LISTED_NAMES.split(text)  # noqa: PLR2004 - letters of a state
    found: dict[str, str] = {}
    codes = [_state(one.strip(), found) for one in parts if one.strip()]
    if found:
        wrong["states"] = f"states: {found['state']}"
    return sorted({one for one in codes if one})


def _flag(name: str, text: str, wrong: dict[str, str]) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        wrong[name] = f"{name}: yes or no, not “{text[:20]}”."
    return word in _YES
