"""Read a day as people type it: ISO, "3 days ago", "2 weeks", "yesterday", "last Tuesday", "14 Nov"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

FIRST_DAY = date(1970, 1, 1)
"""The day of a clock that was never set; a log, a diary or a day to reckon from is never before it."""
LAST_DAY = date(2199, 12, 31)
"""The last day to reckon from; a later one is a slip of the keys."""
DATE_FORMS = 'a date such as 2026-11-14, or words such as "yesterday", "3 days ago" or "2 weeks"'

_WORDS = {"today": 0, "now": 0, "just now": 0, "this morning": 0, "tonight": 0, "yesterday": 1, "last night": 1}
_COUNTS = {"a": 1, "an": 1, "last": 1, "one": 1, "two": 2, "couple of": 2, "a couple of": 2, "three": 3, "four": 4}
_COUNTS |= {"five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_SPANS = {"hour": "hour", "hr": "hour", "h": "hour", "day": "day", "d": "day", "week": "week", "wk": "week"}
_SPANS |= {"w": "week", "month": "month", "mo": "month", "year": "year", "yr": "year", "y": "year"}
_AGO = re.compile(
    r"^(?:about |around |roughly |some |~ ?)?(?:(\d{1,4})|([a-z ]+?)) ?"
    r"(hour|hr|h|day|d|week|wk|w|month|mo|year|yr|y)s?(?: ago| back)?$",
    re.ASCII,
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$", re.ASCII)
_ENDING_IN_YEAR = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$", re.ASCII)
_DAY_MONTH = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?([a-z]{3,9})\.?,?(?: (\d{4}))?$", re.ASCII)
_MONTH_DAY = re.compile(r"^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?$", re.ASCII)
_DAYS_OF_WEEK = 7
_MONTHS_OF_YEAR = 12


def read_date(text: str, today: date) -> date | None:
    """The day that the words mean, seen from `today`; None when they mean no one day.

    A day and month that can be read in two orders (03/04/2026) mean no one day. A month and day without a
    year, and a weekday, mean the last one that has passed. The result may lie in the future.
    """
    words = " ".join(text.casefold().replace(",", " ").split()).rstrip(".")
    try:
        if words in _WORDS:
            return today - timedelta(days=_WORDS[words])
        return _written(words, today) or _weekday(words, today) or _ago(words, today)
    except (ValueError, OverflowError):
        return None


def _written(words: str, today: date) -> date | None:
    if found := _ISO.match(words):
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    if found := _ENDING_IN_YEAR.match(words):
        first, second, year = map(int, found.groups())
        return _either_order(first, second, year)
    if found := _DAY_MONTH.match(words):
        return _named(int(found.group(1)), found.group(2), found.group(3), today)
    if found := _MONTH_DAY.match(words):
        return _named(int(found.group(2)), found.group(1), found.group(3), today)
    return None


def _either_order(first: int, second: int, year: int) -> date | None:
    """The day, where only one order of day and month is possible or both say the same."""
    if first <= _MONTHS_OF_YEAR and second <= _MONTHS_OF_YEAR and first != second:
        return None
    return date(year, min(first, second), max(first, second))


def _named(day: int, name: str, year: str | None, today: date) -> date | None:
    if name[:3] not in _MONTHS:
        return None
    month = _MONTHS.index(name[:3]) + 1
    if year is not None:
        return date(int(year), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)


def _weekday(words: str, today: date) -> date | None:
    name = words.removeprefix("on ").removeprefix("last ").removeprefix("this ")
    matches = [index for index, day in enumerate(_DAYS) if name in (day, day[:3])]
    if not matches:
        return None
    return today - timedelta(days=(today.weekday() - matches[0]) % _DAYS_OF_WEEK or _DAYS_OF_WEEK)


def _ago(words: str, today: date) -> date | None:
    found = _AGO.match(words)
    if not found:
        return None
    count = int(found.group(1)) if found.group(1) else _COUNTS.get(found.group(2).strip())
    if count is None:
        return None
    return _back(today, count, _SPANS[found.group(3)])


def _back(today: date, count: int, span: str) -> date:
    if span == "hour":
        return today - timedelta(hours=count)
    if span in ("day", "week"):
        return today - timedelta(days=count * (_DAYS_OF_WEEK if span == "week" else 1))
    months = today.year * _MONTHS_OF_YEAR + today.month - 1 - count * (_MONTHS_OF_YEAR if span == "year" else 1)
    year, month = divmod(months, _MONTHS_OF_YEAR)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
