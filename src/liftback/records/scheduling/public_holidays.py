"""Public holidays of a country and its parts, by the `holidays` package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

_CODE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicHolidays:
    """Days with their names, in order, and a word where the place is not known (then there are no days, or fewer)."""

    days: tuple[tuple[date, str], ...]
    word: str = ""

    @property
    def dates(self) -> frozenset[date]:
        """The days alone, as `due.Terms` takes them."""
        return frozenset(day for day, _ in self.days)


def holidays_between(*, country: str, subdivision: str = "", years: Iterable[int]) -> PublicHolidays:
    """The public holidays of those years in a country ("US") and its part ("NY"); none where nobody knows the place."""
    parts = [_of_year(country.upper(), subdivision.upper(), year) for year in sorted(set(years))]
    return PublicHolidays(
        days=tuple(day for part in parts for day in part.days), word=next((p.word for p in parts if p.word), "")
    )


@lru_cache(maxsize=512)
def _of_year(country: str, subdivision: str, year: int) -> PublicHolidays:
    # Only a code of two letters is asked for: the package takes other names for other things.
    known = len(country) == _CODE and country.isascii() and country.isalpha()
    whole = _ask(country, None, year) if known else None
    if whole is None:
        return PublicHolidays(days=(), word=f"No public holidays are known for the country {country or '(none)'}.")
    part = _ask(country, subdivision, year) if subdivision else whole
    if part is None:
        word = f"{subdivision} is not known as a part of {country}, so only the holidays of the whole country count."
        return PublicHolidays(days=whole, word=word)
    return PublicHolidays(days=part)


def _ask(country: str, subdivision: str | None, year: int) -> tuple[tuple[date, str], ...] | None:
    """The days of a year; None where the package does not know the place."""
    try:
        found = holidays.country_holidays(country, subdiv=subdivision, years=year)
    except NotImplementedError:
        return None
    return tuple(sorted(found.items()))
