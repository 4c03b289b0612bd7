"""Which unit the weights are in, where the file does not say: by the plates they fit, with the reason in words.

Plates and bars come in steps: 2.5 kg and a 20 kg bar, or 5 lb and a 45 lb bar. Every lift-and-weight pair that
fits one scale better than the other is a vote, counted once however often it was lifted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from liftback.exchange.training_files.cells import UNIT_WORDS
from liftback.exchange.training_files.decoding import FileError
from liftback.training.log import KG_IN_POUND, LoggedSet, UnitFinding

POUNDS_IN_KG = 1 / KG_IN_POUND
_BARBELL = re.compile(
    r"barbell|langhantel|deadlift|kreuzheben|squats?\b|kniebeuge|bench press|bankdr|overhead press|power clean|snatch",
    re.IGNORECASE,
)
_NO_BARBELL = re.compile(
    r"dumbbell|\bdb\b|machine|cable|smith|kettlebell|band|goblet|hack|split|belt|trap|hex|curl|skull|extension|shrug"
    r"|kurzhantel|sissy|pistol|body ?weight",
    re.IGNORECASE,
)
_POUND_BARS = frozenset((95.0, 115.0, 135.0, 185.0, 225.0, 275.0, 315.0, 365.0, 405.0, 455.0, 495.0))
_KILO_BARS = frozenset((60.0, 70.0, 80.0, 90.0, 100.0, 110.0, 120.0, 130.0, 140.0, 160.0, 180.0, 200.0, 220.0))
_POUND_BAR = 45.0
_HEAVY_IN_KG = 320.0  # a barbell lift above it is beyond nearly every lifter, so the number is pounds
_LIGHT = 15.0  # below it dumbbells of both units come in ones and twos
_WEAK = 0.25  # dumbbells and stacks come in many steps in both units
_ENOUGH = 2.0  # votes below it are a guess, not a finding
_CLEAR = 3.0  # one side must have so many times the votes of the other
_ASK = "Say which with --unit kg or --unit lb."
_NAMES = {"kg": "kilogram", "lb": "pound"}


class Vote(NamedTuple):
    """One weight that speaks for a unit, and how loudly."""

    unit: str
    strength: float
    weight: float


def asked_unit(word: str) -> str:
    """The unit a lifter named, kg or lb. Raises FileError for any other word."""
    unit = UNIT_WORDS.get(word.strip().lower())
    if unit is None:
        raise FileError(f"The unit {word[:20]!r} is neither kg nor lb: say --unit kg or --unit lb.")
    return unit


def infer_unit(sets: Iterable[LoggedSet]) -> UnitFinding:
    """The unit of sets whose file does not name it: kg, lb, mixed or unknown, with the reason."""
    pairs = {(one[3], one[5]) for one in sets if one[6] == "unknown"}  # exercise, weight, unit
    on_bar = {name: bool(_BARBELL.search(name)) and not _NO_BARBELL.search(name) for name in {p[0] for p in pairs}}
    votes = []
    bar_pairs = []
    for name, weight in sorted((name, weight) for name, weight in pairs if weight):
        if on_bar[name]:
            bar_pairs.append((name, weight))
        unit, strength = _odd(weight) or (_bar_vote(weight) if on_bar[name] else _other_vote(weight))
        if strength:
            votes.append(Vote(unit, strength, weight))
    votes += _bare_bar(bar_pairs)
    return _finding(votes)


def _odd(weight: float) -> tuple[str, float] | None:
    """A number that is no plate step at all: often a round weight of the other unit, converted."""
    if _steps(weight, 0.25, 0.001):
        return None
    loose = 0.05 if _steps(weight, 0.1, 0.001) else 0.006
    if _steps(weight * POUNDS_IN_KG, 2.5, loose * POUNDS_IN_KG):
        return "kg", 1.0
    if _steps(weight / POUNDS_IN_KG, 0.5, loose):
        return "lb", 1.0
    return "", 0.0


def _bar_vote(weight: float) -> tuple[str, float]:
    if weight > _HEAVY_IN_KG or weight in _POUND_BARS:
        return "lb", 1.0
    if weight in _KILO_BARS or weight < _POUND_BAR or not _steps(weight, 5.0, 0.001):
        return "kg", 1.0
    return "", 0.0


def _other_vote(weight: float) -> tuple[str, float]:
    return ("kg", _WEAK) if weight > _LIGHT and not _steps(weight, 5.0, 0.001) else ("", 0.0)


def _bare_bar(pairs: list[tuple[str, float]]) -> list[Vote]:
    """A lightest barbell weight of 45, in more than one lift, is the empty bar in pounds."""
    lightest = min((weight for _, weight in pairs), default=0.0)
    lifts = {name for name, weight in pairs if weight == lightest}
    return [Vote("lb", float(len(lifts)), lightest)] if lightest == _POUND_BAR and len(lifts) > 1 else []


def _steps(weight: float, step: float, tolerance: float) -> bool:
    return abs(weight - round(weight / step) * step) <= tolerance


def _finding(votes: list[Vote]) -> UnitFinding:
    tally = {unit: sum(vote.strength for vote in votes if vote.unit == unit) for unit in _NAMES}
    more, less = sorted(tally, key=lambda unit: -tally[unit])
    if tally[more] < _ENOUGH:
        return _unsure("unknown", "The file does not name the unit, and too few weights tell kilograms from pounds.")
    if tally[more] >= _CLEAR * tally[less]:
        other = {"kg": "lb", "lb": "kg"}[more]
        reason = f"The file does not name the unit; {_words(votes, more)}"
        reason += f", {_words(votes, less)}" if tally[less] else ", none fit the other scale"
        return UnitFinding(unit=more, basis="inferred", reason=f"{reason}. If that is wrong, say --unit {other}.")
    both = f"{_words(votes, 'kg')}, {_words(votes, 'lb')}"
    if tally[less] >= _ENOUGH:
        return _unsure("mixed", f"The file does not name the unit and may hold both: {both}.")
    return _unsure("unknown", f"The file does not name the unit, and the weights do not settle it: {both}.")


def _unsure(unit: str, reason: str) -> UnitFinding:
    return UnitFinding(unit=unit, basis="inferred", reason=f"{reason} {_ASK}")


def _words(votes: list[Vote], unit: str) -> str:
    loudest = sorted((vote for vote in votes if vote.unit == unit), key=lambda vote: -vote.strength)
    weights = list(dict.fromkeys(f"{vote.weight:g}" for vote in loudest))
    noun = "weight fits" if len(weights) == 1 else "weights fit"
    return f"{len(weights)} {noun} {_NAMES[unit]} bars and plates (such as {', '.join(weights[:3])})"
