"""What may be said of a course, as frozen parts: ranges, trend, answer to load, flare risk, milestones, days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from liftback.reasoning.findings import Reason, Said
from liftback.reasoning.timeline import Outcome

COURSES = ("improving", "steady", "worsening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number with its ranges: the middle, and where it lies half of the time and eight times in ten."""

    middle: float
    half: tuple[float, float]
    most: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The felt trend and the unloaded baseline (points 0-10), and how likely each course of two weeks is (0-1)."""

    felt: Range
    baseline: Range
    improving: float
    steady: float
    worsening: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResponse:
    """How the back answers to one pattern group, and how likely that is (0-1)."""

    group: str
    pattern: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How the back answers to a typical session.

    `pattern` is none_found, doms_like, irritated, or None where none is sure enough; the probabilities are 0-1.
    `kernel` are the points added on the day and the seven after it, `largest` the most of them, `days_back` the days
    until little is left. `largest_hidden` is the largest effect that the diary alone leaves room for.
    """

    pattern: str | None
    none_found: float
    doms_like: float
    irritated: float
    kernel: tuple[Range, ...]
    largest: Range
    days_back: Range
    largest_hidden: float
    groups: tuple[GroupResponse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlareRisk:
    """The risk (0-1) of a flare within three days: at rest, and with a session of dose `plan`.

    `risk` is None where the plan is beyond what recent training lets us see (`reach`); `cap` is the largest dose
    whose extra risk is accepted.
    """

    rest: float
    plan: float
    risk: float | None
    cap: float
    reach: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A week whose scores moved the felt trend by `change` points, with its sessions' doses."""

    begins: date
    ends: date
    change: float
    doses: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDay:
    """One day for a picture: score, dose and tweak as written, a flare, and the felt trend's band as known today.

    The band is None while there are too few scores for a trend.
    """

    day: date
    pain: float | None
    dose: float | None
    event: bool
    flare: bool
    band: tuple[float, float, float, float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """The finding. `value` is improving, steady or worsening, None while that is open.

    A part is None while there is too little for it; `still_needed` says what is missing. `held` is True while
    warning signs come first: then everything else is empty. `course_told` says that there are scores enough to tell
    the chances of each course. `milestones` are outcomes with days from today. `own` says that they rest mostly on this
    lifter's own days. `repeats` is the share of scores repeated by habit where that is told.
    """

    value: str | None
    held: bool
    trend: Trend | None
    course_told: bool
    response: Response | None
    flare: FlareRisk | None
    milestones: tuple[Outcome, ...]
    own: bool
    alarm: bool
    jump: Range | None
    repeats: float | None
    moved: tuple[Moved, ...]
    days: tuple[CourseDay, ...]
    still_needed: tuple[Said, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]
