"""Typed facts about a lifter: known with where from, or unknown with why. Unknown is never `no`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

FactValue = str | float | date | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A fact with its value, where it comes from (about, answer, own words, log, diary, finding) and when.

    `quote` holds the words it was read from, as written, where it comes from own words.
    """

    value: FactValue
    source: str = "answer"
    when: date | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A fact that we do not have, with why: not asked, skipped, not sure, unclear."""

    why: str = "not asked"

    def __bool__(self) -> NoReturn:
        """Refuse to be read as false: unknown is not no."""
        raise TypeError("an unknown fact is neither true nor false")


Fact = Known | Unknown
NOT_ASKED = Unknown()


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one lifter by name. Asking for one that is not there gives Unknown("not asked")."""

    entries: Mapping[str, Fact]

    def __getitem__(self, name: str) -> Fact:
        return self.entries.get(name, NOT_ASKED)

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def value(self, name: str) -> FactValue | None:
        """The value when known, else None."""
        fact = self[name]
        return fact.value if isinstance(fact, Known) else None

    def number(self, name: str) -> float | None:
        """The value when known and a number, else None."""
        value = self.value(name)
        return float(value) if isinstance(value, int | float) else None

    def chosen(self, name: str) -> tuple[str, ...]:
        """The chosen ids when known (one or many), else nothing."""
        value = self.value(name)
        if isinstance(value, tuple):
            return value
        return (value,) if isinstance(value, str) else ()

    def known(self, name: str) -> bool:
        """Whether the fact is known."""
        return isinstance(self[name], Known)

    def adding(self, more: Mapping[str, Fact]) -> Facts:
        """These facts with more added; an added fact replaces one of the same name."""
        return Facts({**self.entries, **more})

    def without(self, name: str) -> Facts:
        """These facts without one of them."""
        return Facts({key: fact for key, fact in self.entries.items() if key != name})
