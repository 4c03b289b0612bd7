"""Dates and times as training apps write them, worked out once per text.

A day is the day as written; a zone in the text is not applied, because the log is about the lifter's own days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from liftback.exchange.training_files.cells import RowError, shown, tidy
from liftback.facts.dates import FIRST_DAY

Moment = tuple[date, datetime | None]
_MONTHS_IN_YEAR = 12
_NOON = 12
_TIME = r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})" + _TIME)
_DAY_MONTH = re.compile(r"(\d{1,2})\.? ([^\W\d]{3,10})\.? (\d{4})" + _TIME)
_MONTH_DAY = re.compile(r"([^\W\d]{3,10})\.? (\d{1,2}),? (\d{4})" + _TIME)
_MONTH_WORDS = (
    "jan januar january janvier enero ene gennaio gen janeiro",
    "feb februar february fevr fevrier févr février febrero febbraio fev fevereiro",
    "mar marz märz mär mrz march mars marzo maart mrt março",
    "apr april avr avril abr abril aprile",
    "may mai mayo maggio mag maio mei",
    "jun juni june juin junio giugno giu junho",
    "jul juli july juil juillet julio luglio lug julho",
    "aug august août aout agosto ago augustus",
    "sep sept september septembre septiembre settembre set setembro",
    "oct okt oktober october octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec dez dezember december déc dec decembre décembre dic diciembre dicembre dezembro",
)
_MONTHS = {word: month for month, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}


class Dates(dict[str, Moment]):
    """From the text to its day and, where given, the moment. `day_first` decides 3/4/2024; None asks."""

    def __init__(self, today: date | None, *, day_first: bool | None = None) -> None:
        super().__init__()
        self._latest = None if today is None or today == date.max else today + timedelta(days=1)
        self._day_first = day_first

    def __missing__(self, text: str) -> Moment:
        moment = self._read(tidy(text), text)
        day = moment[0]
        if day < FIRST_DAY:
            raise RowError(f"date {shown(text)!r} is before {FIRST_DAY.year}")
        if self._latest is not None and day > self._latest:
            raise RowError(f"date {shown(text)!r} is in the future")
        self[text] = moment
        return moment

    def _read(self, plain: str, text: str) -> Moment:
        if not plain:
            raise RowError("the date is missing")
        if found := _YEAR_FIRST.fullmatch(plain):
            year, month, day, *clock = found.groups()
        elif found := _YEAR_LAST.fullmatch(plain):
            first, mark, second, year, *clock = found.groups()
            day, month = (first, second) if self._is_day_first(first, mark, second, text) else (second, first)
        elif (found := _DAY_MONTH.fullmatch(plain)) and found.group(2).lower() in _MONTHS:
            day, word, year, *clock = found.groups()
            month = str(_MONTHS[word.lower()])
        elif (found := _MONTH_DAY.fullmatch(plain)) and found.group(1).lower() in _MONTHS:
            word, day, year, *clock = found.groups()
            month = str(_MONTHS[word.lower()])
        else:
            raise RowError(f"date {shown(text)!r} is not a date that Liftback knows")
        return _moment(int(year), int(month), int(day), clock, text)

    def _is_day_first(self, first: str, mark: str, second: str, text: str) -> bool:
        if mark == "." or int(first) > _MONTHS_IN_YEAR:
            return True
        if int(second) > _MONTHS_IN_YEAR:
            return False
        if self._day_first is None and first != second:
            raise RowError(f"date {shown(text)!r} can be read in two ways (day or month first)")
        return bool(self._day_first)


def _moment(year: int, month: int, day: int, clock: list[str], text: str) -> Moment:
    try:
        if not clock or clock[0] is None:
            return date(year, month, day), None
        hour, minute, second, half = int(clock[0]), int(clock[1]), int(clock[2] or 0), clock[3]
        if half:
            if not 1 <= hour <= _NOON:
                raise ValueError(hour)
            hour = hour % _NOON + (_NOON if half in "Pp" else 0)
        started = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the app gives no zone
        return started.date(), started
    except ValueError:
        raise RowError(f"date {shown(text)!r} is not in the calendar") from None


def order_of(texts: Iterable[str]) -> bool | None:
    """Whether slash dates have the day first, from any one that leaves no choice; None when none does."""
    for text in texts:
        found = _YEAR_LAST.fullmatch(tidy(text))
        if found and found.group(2) != ".":
            first, second = int(found.group(1)), int(found.group(3))
            if (first > _MONTHS_IN_YEAR) != (second > _MONTHS_IN_YEAR):
                return first > _MONTHS_IN_YEAR
    return None
