"""Typed cells with a memory: the same text in a column is worked out once, however often it stands there.

Every class is a dict from the text as typed to its value, filled on the first miss. A text that cannot be read
raises RowError with the reason in words, and is not remembered.
"""

from __future__ import annotations

import math
import re

MAX_POUNDS = 3000.0  # no lift comes near; such a number is a typing or column mistake
MAX_REPS = 1000
MAX_SECONDS = 7 * 24 * 3600.0
MAX_DISTANCE = 1_000_000.0
MAX_RPE = 10.0
_SHOWN = 40  # letters of a cell quoted in a reason
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " ", "\ufeff": ""})


class RowError(Exception):
    """A row that cannot be read; the message is the reason, for the lifter."""


def tidy(text: str) -> str:
    """The text without the odd spaces that phones put into numbers and times."""
    return text.translate(_SPACES).strip()


def shown(text: str) -> str:
    """A cell as quoted in a reason: short, printable."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    return f"{plain[:_SHOWN]}…" if len(plain) > _SHOWN else plain


def number(text: str, what: str) -> float | None:
    """A number as typed, None for an empty cell. Accepts a decimal comma. Raises RowError."""
    plain = tidy(text)
    if not plain:
        return None
    try:
        value = float(plain.replace(",", ".")) if plain.count(",") == 1 and "." not in plain else float(plain)
    except ValueError:
        raise RowError(f"{what} {shown(text)!r} is not a number") from None
    if not math.isfinite(value) or "_" in plain:
        raise RowError(f"{what} {shown(text)!r} is not a number")
    return value


class Weights(dict[str, float | None]):
    """Weights as typed; None for an empty cell."""

    def __missing__(self, text: str) -> float | None:
        value = number(text, "weight")
        if value is not None and value < 0:
            raise RowError(f"weight {value:g} is below zero")
        if value is not None and value > MAX_POUNDS:
            raise RowError(f"weight {value:g} is more than anybody lifts (over {MAX_POUNDS:g})")
        self[text] = value
        return value


class Reps(dict[str, int | None]):
    """Repetitions; None for an empty cell, 0 where the lifter wrote 0."""

    def __missing__(self, text: str) -> int | None:
        value = number(text, "reps")
        if value is None:
            self[text] = None
            return None
        if value < 0:
            raise RowError(f"reps {value:g} is below zero")
        if value > MAX_REPS:
            raise RowError(f"reps {value:g} is more than anybody does in a set (over {MAX_REPS})")
        if value != int(value):
            raise RowError(f"reps {value:g} is not a whole number")
        self[text] = int(value)
        return self[text]


class Amounts(dict[str, float | None]):
    """Seconds, distances and RPE: apps write 0 where nothing was recorded, so 0 is None here."""

    def __init__(self, what: str, most: float) -> None:
        super().__init__()
        self._what = what
        self._most = most

    def __missing__(self, text: str) -> float | None:
        value = number(text, self._what)
        if value is not None and value < 0:
            raise RowError(f"{self._what} {value:g} is below zero")
        if value is not None and value > self._most:
            raise RowError(f"{self._what} {value:g} is too much (over {self._most:g})")
        self[text] = value or None
        return self[text]


_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)")
_SPOKEN = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*min|(\d+)\s*m)?\s*(?:(\d+(?:\.\d+)?)\s*s)?", re.IGNORECASE)


class Durations(Amounts):
    """Times of a set: seconds, `H:MM:SS`, or `1h 5min`."""

    def __init__(self) -> None:
        super().__init__("time", MAX_SECONDS)

    def __missing__(self, text: str) -> float | None:
        plain = tidy(text)
        clock = _CLOCK.fullmatch(plain)
        spoken = _SPOKEN.fullmatch(plain) if plain and not clock else None
        if clock:
            hours, minutes, seconds = (float(part or 0) for part in clock.groups())
        elif spoken:
            hours, minutes, short, seconds = (float(part or 0) for part in spoken.groups())
            minutes += short
        else:
            return super().__missing__(text)
        total = hours * 3600 + minutes * 60 + seconds
        if total > MAX_SECONDS:
            raise RowError(f"time {shown(text)!r} is longer than a week")
        self[text] = total or None
        return self[text]


UNIT_WORDS = {
    "kg": "kg", "kgs": "kg", "kilo": "kg", "kilos": "kg", "kilogram": "kg", "kilograms": "kg",
    "lb": "lb", "lbs": "lb", "pound": "lb", "pounds": "lb",
}  # fmt: skip


class Units(dict[str, str]):
    """Weight units as apps write them; an empty cell is unknown."""

    def __missing__(self, text: str) -> str:
        word = tidy(text).lower().rstrip(".")
        if word and word not in UNIT_WORDS:
            raise RowError(f"weight unit {shown(text)!r} is neither kg nor lb")
        self[text] = UNIT_WORDS.get(word, "unknown")
        return self[text]


class Names(dict[str, str]):
    """Names and notes, trimmed once; equal texts share one string, which keeps a big log small."""

    def __missing__(self, text: str) -> str:
        self[text] = text.translate(_SPACES).strip()
        return self[text]
