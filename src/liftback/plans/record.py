"""What a lifter did under a plan and how the back answered: the record that everything after it is judged from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from liftback.facts.values import Facts

NOTHING_TOLD = Facts({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One lift done once under a plan: an exposure.

    `lift` is the lift of the plan by its name, `exercise` what was done for it (the id of a laddered exercise, or
    the lift's own name). `told` holds the answers to the questions of the stage `exposure`: unknown ones stay unknown.
    `weight` is as typed, in `unit` (kg, lb, or bodyweight). `note` are the lifter's own words: they can only stop the
    plan, never move it on.
    """

    day: date
    lift: str
    exercise: str = ""
    told: Facts = NOTHING_TOLD
    sets: int | None = None
    reps: int | None = None
    weight: float | None = None
    unit: str = "kg"
    effort: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An exposure with its verdict.

    `light` is green, amber, red, or None while too little was told. `level` is that of the rung it was done on.
    `share` is the heaviest set over the lift's estimated single from before the episode, None where unknown.
    `own_lift` says that it was the lift itself and not a stand-in.
    """

    done: Done
    light: str | None
    level: int
    share: float | None
    own_lift: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything judged so far, oldest first."""

    judged: tuple[Judged, ...] = field(default=())

    def of(self, lift: str) -> tuple[Judged, ...]:
        """The exposures of one lift, oldest first."""
        return tuple(one for one in self.judged if one.done.lift == lift)
