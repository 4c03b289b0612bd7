"""Amounts and days within a few plain words: "half an hour", "3-4 days", "a couple of weeks", "since Tuesday".

The words come from a phrase that was found (`liftback.facts.told`), so that nothing here searches a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from liftback.facts.dates import read_date

_COUNTS = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "couple": 2.0, "three": 3.0, "few": 3.0, "several": 4.0}
_COUNTS |= {"four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0}
_COUNTS |= {"eleven": 11.0, "twelve": 12.0, "fourteen": 14.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0}
_COUNTS |= {"half": 0.5, "quarter": 0.25, "past": 1.0, "last": 1.0}
_VAGUE = frozenset(("few", "several"))
_BETWEEN = frozenset(("to", "or", "-"))
_PASSED_OVER = frozenset(("of", "a", "an"))
_OR_TWO = ("or", "two")
_DAY = 24 * 60
_MINUTES = {"minute": 1, "hour": 60, "day": _DAY, "night": _DAY, "week": 7 * _DAY, "fortnight": 14 * _DAY}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_WEEKDAY = 10  # letters of "wednesdays", as in "since Wednesday's session"
_NEAREST_DAYS = {"today": 0, "tonight": 0, "this": 0, "yesterday": 1, "last night": 1, "day before yesterday": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A count of a unit of time, from `low` to `high`; `exact` where it was counted ("3 days", not "a few days")."""

    low: float
    high: float
    unit: str
    exact: bool

    @property
    def minutes(self) -> tuple[float, float] | None:
        """The shortest and longest time meant; None for months, which have no fixed length."""
        each = _MINUTES.get(self.unit)
        return None if each is None else (self.low * each, self.high * each)


def read_count(word: str) -> float | None:
    """The number that a word stands for."""
    if word in _COUNTS:
        return _COUNTS[word]
    try:
        return float(word.replace(",", ".")) if word.isascii() and word[:1].isdigit() else None
    except ValueError:
        return None


def read_amount(words: Sequence[str]) -> Amount | None:
    """The first amount of time in the words, such as "3 to 4 days"."""
    for place, word in enumerate(words):
        unit = word.removesuffix("s")
        if unit in (*_MINUTES, "month"):
            amount = _before(words[:place], unit)
            # "A day or two".
            return replace(amount, high=2.0) if amount and tuple(words[place + 1 : place + 3]) == _OR_TWO else amount
    return None


def _before(words: Sequence[str], unit: str) -> Amount | None:
    """The amount whose counts stand right before a unit."""
    place = len(words)
    while place and len(words) - place < len(_PASSED_OVER) and words[place - 1] in _PASSED_OVER:
        place -= 1
    # "half an hour" and "a couple of days" hold a word between; in "a week" that word is the count itself.
    count = read_count(words[place - 1]) if place else None
    if count is None:
        place, count = len(words), read_count(words[-1]) if words else None
    if count is None:
        return None
    first = place - 2
    if first >= 0 and words[first] in _BETWEEN:
        first -= 1
    lower = read_count(words[first]) if first >= 0 and words[first] not in ("a", "an", "last", "past") else None
    exact = words[place - 1] not in _VAGUE
    low = lower if lower is not None and lower <= count else count
    return Amount(low=low, high=count, unit=unit, exact=exact)


def read_score(words: Sequence[str]) -> float | None:
    """A pain score: "6/10", "6 out of 10", or the last number; of "6-7/10" the higher one."""
    numbers = [place for place, word in enumerate(words) if word[:1].isdigit()]
    tops = [
        place
        for place, word in enumerate(words)
        if place > 1 and word in ("10", "ten") and words[place - 1] in ("/", "of", "out", "outta")
    ]
    before = [place for place in numbers if not tops or place < tops[0]]
    return read_count(words[before[-1]]) if before else None


def read_load(words: Sequence[str]) -> str | None:
    """A weight with its unit as a person writes it: "180 kg", "405 lb"."""
    for number, unit in pairwise(words):
        kind = {"k": "kg", "l": "lb", "p": "lb"}.get(unit[:1])
        if kind is not None and read_count(number) is not None and number[:1].isdigit():
            return f"{number.replace(',', '.')} {kind}"
    return None


def days_back(words: Sequence[str], today: date) -> date | None:
    """The day before today by an exact amount of days, weeks or months."""
    amount = read_amount(words)
    if amount is None or not amount.exact or amount.low != amount.high:
        return None
    if amount.unit == "month":
        return read_date(f"{amount.high:g} months ago", today)
    minutes = amount.minutes
    try:
        return today - timedelta(days=int(minutes[1] // _DAY)) if minutes is not None else None
    except OverflowError:
        return None


def read_day(words: Sequence[str], quote: str, today: date) -> date | None:
    """The day that words such as "since Tuesday", "3 days ago", "14 Nov" end or begin with; never one after today."""
    joined = " ".join(words)
    day = next((today - timedelta(days=back) for name, back in _NEAREST_DAYS.items() if joined == name), None)
    if day is None and words and words[0] == "this" and len(words) > 1:
        day = _weekday(words[1], today) or today
    if day is None and words[-1:] and len(words) == 1:
        day = _weekday(words[0], today)
    if day is None and words and words[-1] in ("ago", "back"):
        return days_back(words, today)
    day = day or read_date(joined, today) or read_date(quote, today)
    return day if day is not None and day <= today else None


def _weekday(word: str, today: date) -> date | None:
    """The last such day, today among them."""
    if word[:3] not in _WEEKDAYS or len(word) > _LONGEST_WEEKDAY:
        return None
    return today - timedelta(days=(today.weekday() - _WEEKDAYS.index(word[:3])) % len(_WEEKDAYS))
