"""The cells of a pain diary as people write them: column names, dates in several orders, scores, yes and no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

LOWEST_SCORE, HIGHEST_SCORE = 0.0, 10.0
"""Diary scores run from 0 to 10: the questionnaire's own scale, not a threshold."""
DATE_ORDERS = ("dmy", "mdy")
_MONTHS_IN_YEAR = 12
_CENTURY = 2000
_SHORT_YEAR = 2


class CellError(Exception):
    """A cell that cannot be read; the message is the reason, in words."""


_COLUMN_NAMES = {
    "date": "date day datum tag fecha dia jour timestamp when|date time",
    "pain": "pain nrs score vas schmerz schmerzen schmerzwert schmerzscore dolor douleur douleurs ruckenschmerz "
    "ruckenschmerzen|pain score|pain level|pain today|pain rating|back pain|low back pain|lower back pain|average pain|"
    "nrs pain|pain nrs|mal de dos|dolor de espalda|dolor lumbar",
    "sleep": "sleep schlaf sueno sommeil schlafqualitat|sleep quality|sleep score|calidad del sueno|qualite du sommeil",
    "stress": "stress stresslevel estres|stress level|stress score|niveau de stress|nivel de estres",
    "lift_pain": "liftpain|lift pain|pain lift|pain lifting|pain during lift|pain during lifting|pain in main lift|"
    "pain while lifting|training pain|schmerz beim heben|schmerz beim training|dolor al levantar|douleur a l effort",
    "event": "event tweak flare ereignis schub evento brote evenement poussee incident|flare up|tweak today",
    "note": "note notes comment comments notiz notizen bemerkung kommentar nota notas comentario remarque commentaire "
    "remarks",
}


def _column_table() -> dict[str, str]:
    table = {}
    for column, names in _COLUMN_NAMES.items():
        single, *several = names.split("|")
        for name in (*single.split(), *several):
            table[name] = column
    return table


_COLUMNS = _column_table()


def plain_name(text: str) -> str:
    """A name without case, accents, brackets (`Pain (0-10)`) and punctuation, so that spellings meet."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", text)
    letters = unicodedata.normalize("NFKD", bare.casefold())
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())


def column_of(name: str) -> str | None:
    """Which diary column a header names: date, pain, sleep, stress, lift_pain, event, note; None for another."""
    return _COLUMNS.get(re.sub(r" 0 (?:to )?100?$", "", plain_name(name)))


def scale_to_hundred(name: str) -> bool:
    """Whether a header says that its scores run to 100."""
    return re.search(r"\b100\b", name) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateParts:
    """A date cell taken apart: two numbers and a year.

    `order` is ymd where the cell leaves no doubt (`first` is the month), dmy where its style suggests it, else empty.
    """

    year: int
    first: int
    second: int
    order: str


_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?")
_NUMBERS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})\.?(?:,?[T ].*)?")
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[.]?[ -]?(?:de )?([a-z]{3,10})[.,]*[ -](?:de )?([0-9]{4})(?:[, ].*)?"
)
_MONTH_DAY = re.compile(r"([a-z]{3,10})[.]? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?:[, ].*)?")
_MONTHS = (
    ("jan", "ene", "janv"),
    ("feb", "fev"),
    ("mar", "mae", "mrz"),
    ("apr", "avr", "abr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez", "dic"),
)


def date_parts(text: str) -> DateParts:
    """Take a date cell apart. Raises CellError for what is no date."""
    cell = text.strip()
    if found := _ISO.fullmatch(cell):
        year, month, day = (int(part) for part in found.groups())
        return DateParts(year=year, first=month, second=day, order="ymd")
    if found := _NUMBERS.fullmatch(cell):
        first, sign, second, written = found.groups()
        year = int(written) + (_CENTURY if len(written) == _SHORT_YEAR else 0)
        # A dot between the numbers is the day-first style everywhere it is used.
        return DateParts(year=year, first=int(first), second=int(second), order="dmy" if sign == "." else "")
    return _named_month(cell)


def _named_month(cell: str) -> DateParts:
    folded = "".join(sign for sign in unicodedata.normalize("NFKD", cell.casefold()) if not unicodedata.combining(sign))
    if found := _DAY_MONTH.fullmatch(folded):
        day, name, year = found.groups()
    elif found := _MONTH_DAY.fullmatch(folded):
        name, day, year = found.groups()
    else:
        raise CellError(f"{shorten(cell)!r} is not a date; write it like 2026-11-23")
    for number, starts in enumerate(_MONTHS, start=1):
        if name.startswith(starts):
            return DateParts(year=int(year), first=number, second=int(day), order="ymd")
    raise CellError(f"{shorten(cell)!r} names no month that I know; write it like 2026-11-23")


def make_date(parts: DateParts, *, seen: str, asked: str | None) -> date:
    """The day: in the order the lifter asked for, else the cell's own, else the one `seen` in the whole file.

    Raises CellError for a day that is not in the calendar.
    """
    own = parts.order if parts.order == "ymd" else asked or parts.order or seen
    month, day = (parts.second, parts.first) if own == "dmy" else (parts.first, parts.second)
    try:
        return date(parts.year, month, day)
    except ValueError as error:
        raise CellError(f"there is no day {day} of month {month} in {parts.year}") from error


def orders_seen(cells: Iterable[DateParts]) -> Iterator[str]:
    """For each cell that leaves its order open, the order that it proves (dmy, mdy), or `either`."""
    for parts in cells:
        both_large = min(parts.first, parts.second) > _MONTHS_IN_YEAR
        if parts.order or parts.first == parts.second or both_large:
            continue
        if parts.first > _MONTHS_IN_YEAR:
            yield "dmy"
        else:
            yield "mdy" if parts.second > _MONTHS_IN_YEAR else "either"


_NUMBER = re.compile(r"([+-]?[0-9]{1,6}(?:[.,][0-9]{1,6})?)(?: ?/ ?10)?")
_NOT_WRITTEN = frozenset({"", "-", "–", "—", "n/a", "na", "none", "null", "nan", "?", "."})


def score_number(text: str) -> float | None:
    """The number of a score cell, any size; None where nothing was written. Raises CellError for words."""
    cell = text.strip()
    if cell.casefold() in _NOT_WRITTEN:
        return None
    found = _NUMBER.fullmatch(cell)
    if found is None:
        kind = "a spreadsheet formula" if cell.startswith("=") else "not a number"
        raise CellError(f"{shorten(cell)!r} is {kind}; write a score from 0 to 10, or leave it empty")
    return float(found.group(1).replace(",", "."))


def score(text: str, column: str) -> float | None:
    """A score from 0 to 10; None where nothing was written. Raises CellError."""
    number = score_number(text)
    if number is not None and not LOWEST_SCORE <= number <= HIGHEST_SCORE:
        raise CellError(f"{column} {number:g} is not between 0 and 10")
    return number


_YES = frozenset(
    ["yes", "y", "x", "1", "true", "ja", "j", "oui", "o", "si", "s", "wahr", "vrai", "tweak", "flare", "✓", "✔"]
)
_NO = frozenset(["no", "n", "0", "false", "nein", "non", "falsch", "faux", "falso"])


def event(text: str) -> bool:
    """Whether a tweak was written for the day. Raises CellError for other words."""
    cell = plain_name(text) or text.strip()
    if cell in _YES:
        return True
    if cell in _NO or text.strip().casefold() in _NOT_WRITTEN:
        return False
    raise CellError(f"event {shorten(text)!r} is neither yes nor no; put words into the note column")


def shorten(text: str, most: int = 60) -> str:
    """A cell or line cut to what fits into a message, on one line."""
    flat = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
