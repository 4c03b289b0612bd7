"""What the knowledge files of plans hold, as frozen types: ladders, exercises, swaps, progression, criteria, forms.

They are read only when a plan is made (`liftback.knowledge.plans`), because an assessment needs none of them.
Every entry that holds a number names its source as a parameter does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from liftback.knowledge.conditions import Condition

POSITIONS = ("flexion", "extension", "load", "rotation", "nerve")
"""Positions that an exercise loads, by the names of the sensitivities that spare them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the numbers of an entry come from; the fields mean what they mean for a parameter's value."""

    source: str
    locator: str
    certainty: str
    reviewed_on: date
    review_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise is done; None where that measure does not apply.

    `share` is of the lifter's own estimated single (1.0), `body_share` of body weight, `effort` the highest RPE
    (0-10). `seconds` and `minutes` are of one hold or bout, `metres` of one carry.
    """

    sets: int | None = None
    reps: int | None = None
    seconds: int | None = None
    minutes: int | None = None
    metres: int | None = None
    times_a_day: int | None = None
    days_a_week: int | None = None
    share: float | None = None
    body_share: float | None = None
    effort: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A row of exercises from least to most for the back. `pattern` is the pattern of the lifts it leads back to."""

    id: str
    name: str
    pattern: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderedExercise:
    """One exercise with its place and its dose.

    `rung` is its place in its ladder, 1 the lowest. `levels` are the lowest and the highest level it is used at
    (0 to 5). `loads` are the positions it asks something of, `suits` and `spares` the sensitivities it is chosen for
    or left out with. `back_load` is its place in the order of load on the back (0 least, 10 most), with its source.
    `equipment` must all be there, none for the floor; `or_with` does as well as its hand weight. `start` and `top` are
    the doses it begins and ends with. `lift` is the id of the lift in `exercises` that a log would call it, empty where
    it is none. `demonstration` is the id of its drawing. `sources` are what `note` rests on.
    """

    id: str
    name: str
    ladder: str
    rung: int
    levels: tuple[int, int]
    pattern: str
    loads: tuple[str, ...]
    suits: tuple[str, ...]
    spares: tuple[str, ...]
    back_load: int
    back_load_source: str
    back_load_locator: str
    equipment: tuple[str, ...]
    start: Dose
    top: Dose
    tempo: str
    entry: str
    exit: str
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    demonstration: str
    provenance: Provenance
    per_side: bool = False
    aliases: tuple[str, ...] = ()
    lift: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    or_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """What stands in for the lifts of a pattern while a position is spared, best first."""

    pattern: str
    spared: str
    exercises: tuple[str, ...]
    why: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRule:
    """When an exposure is green, amber or red; the first rule that holds decides."""

    id: str
    light: str
    when: Condition
    why: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """What follows from an exposure, or what happens to a usual lift; the first rule that holds decides.

    `action` is up, repeat, ease, lighter, rung_down, first_rung or stop; for a lift kept, capped, swapped or parked.
    """

    id: str
    action: str
    when: Condition
    why: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One transition of a lift's state: in a state, on an action, to a state, with the reason in words."""

    state: str
    action: str
    to: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state that a lift can be in, with what it means in words."""

    id: str
    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedStep:
    """What to do, and what not, from one hour to another after a tweak or a flare began."""

    id: str
    name: str
    from_hours: int
    to_hours: int
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    seen_if: tuple[str, ...]
    why: str
    provenance: Provenance
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of clearance.

    `scope` is lift or overall; `stage` is train, heavy or unrestricted; an `optional` one is shown and never needed.
    """

    id: str
    name: str
    scope: str
    stage: str
    domain: str
    when: Condition
    met: str
    missing: str
    asks: str
    provenance: Provenance
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormItem:
    """One item of a questionnaire: its words, and each choice with its points (or the ends of a 0-10 scale)."""

    id: str
    text: str
    choices: tuple[tuple[str, float], ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stretch of a questionnaire's range, from and to inclusive, with what is said of it.

    `part` names the part whose points it reads; empty for the score. `help` is where to turn.
    """

    id: str
    least: float
    most: float
    text: str
    help: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A questionnaire that needs no licence.

    `score` is sum, mean or each (items stand alone). `better` is lower or higher. `smallest_change` is the smallest
    that matters, None where none is known; `smallest_share` the same as a share of the earlier score, and `floor` our
    own least number of points beside it. `smallest_item_change` is that of one item. `most_missing` is how many items
    may be left out of a score.
    """

    id: str
    name: str
    citation: str
    licence: str
    introduction: str
    items: tuple[FormItem, ...]
    score: str
    lowest: float
    highest: float
    better: str
    provenance: Provenance
    smallest_change: float | None = None
    smallest_share: float | None = None
    floor: float | None = None
    smallest_item_change: float | None = None
    most_missing: int = 0
    bands: tuple[Band, ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note: str = ""
