"""A plan as frozen parts: lifts with their way back, doses, loads, days, and why each is as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from liftback.knowledge.entries import Level
from liftback.knowledge.plan_entries import Dose
from liftback.plans.clearance import Clearance
from liftback.plans.first_days import FirstDays
from liftback.plans.flare import FlarePlan
from liftback.plans.record import Record
from liftback.plans.targets import Targets
from liftback.reasoning.findings import Reason, Said
from liftback.reasoning.triage import Triage
from liftback.training.exercises import UNKNOWN_PATTERN

DECISIONS = ("kept", "capped", "swapped", "parked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A weight that can be put together. `unit` is kg or lb; `made_of` says how ("20 bar, 15 + 2.5 a side").

    `share` is of the lifter's own estimated single, `wanted` the weight before rounding down.
    """

    weight: float
    unit: str
    made_of: str
    share: float
    wanted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rung of a lift's own way back: an exercise at a level. `exercise` is empty for the lift as usually done.

    `loaded`: its load is a share of the lifter's estimated single. `own`: it is the lift itself, at whatever load.
    """

    exercise: str
    name: str
    level: int
    back_load: int
    start: Dose
    top: Dose
    loaded: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """The lift as usually done: sets and repetitions of a session, the last top weight, the weekdays (0 Monday).

    `single` is the lowest estimate of the best single, in `unit`; None without one. `guessed` says that it is only what
    the usual weight suggests, where the sets are too long for an estimate.
    """

    sets: int
    reps: int | None
    weight: float | None
    unit: str
    weekdays: tuple[int, ...]
    single: float | None
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLift:
    """A lift of the usual week. `lift_id` is its id among the known lifts, empty for one that no list has."""

    name: str
    lift_id: str
    pattern: str
    back_load: int
    usual: Usual
    own: Dose

    @property
    def known(self) -> bool:
        """Whether a list has it."""
        return self.pattern != UNKNOWN_PATTERN


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWeek:
    """The week a plan modifies.

    `source` is log, answers or nothing, `last_day` the last logged session. `typical` is the dose of a typical session
    before it is made relative, None without a log. `hinge_sets` are the hinge sets of a usual week. `shown` is the
    equipment that the log shows. `before_onset`: the week is from before the day the back went.
    """

    source: str
    lifts: tuple[OwnLift, ...]
    weekdays: tuple[int, ...]
    typical: float | None
    hinge_sets: float | None
    shown: frozenset[str]
    unit: str
    before_onset: bool = False
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One lift on its way back, or one slot of rehab work.

    `kind` is lift, keeper (keeps the strength of lifts that wait), rehab, walk or conditioning. `decision` is one of
    DECISIONS (added for all but lifts). `path` are its rungs, `rung` the place in it, `dose` that of the next exposure.
    `clean` counts the green exposures in a row on this rung, `repeats` the clean amber ones in a row. `reached` is the
    share before a red took some off, None without one. `state` is one of the states of the knowledge. `raised_on` is
    the day the load last changed, `last` the day of the last exposure, `restarted_on` that of the last fall to the
    first rung.
    """

    lift: str
    kind: str
    pattern: str
    back_load: int
    spared: tuple[str, ...]
    decision: str
    rule: str
    usual: Usual
    path: tuple[Rung, ...]
    rung: int
    dose: Dose
    state: str
    clean: int = 0
    repeats: int = 0
    reached: float | None = None
    raised_on: date | None = None
    last: date | None = None
    restarted_on: date | None = None

    @property
    def now(self) -> Rung | None:
        """The rung it is on; None for a lift without a way of its own."""
        return self.path[self.rung] if self.path else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to do on a day.

    `kind` is that of its track. `lift` is the usual lift that it is or stands in for, `exercise` the
    id of the laddered exercise (empty for the lift itself), `name` what it is called. `dose_on_back` is in typical
    sessions. `why` says why it is as it is, `up` and `down` what would move it.
    """

    kind: str
    lift: str
    exercise: str
    name: str
    decision: str
    dose: Dose
    load: Load | None
    level: int
    back_load: int
    dose_on_back: float
    why: tuple[Said, ...]
    up: tuple[Said, ...]
    down: tuple[Said, ...]
    tempo: str = ""
    per_side: bool = False
    rest_seconds: int = 0
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDay:
    """One day: `trains` says whether it is one of the lifter's own training days."""

    day: date
    trains: bool
    items: tuple[Item, ...]
    dose_on_back: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A lift that waits: where its way back begins, what it stood at, and what would bring it back."""

    lift: str
    name: str
    stands_at: str
    instead: tuple[str, ...]
    why: tuple[Said, ...]
    back_when: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """What one exposure changed: the light, the action, the state before and after, and why.

    `of_week` marks a change that came with a new week and not from an exposure.
    """

    day: date
    lift: str
    light: str | None
    action: str
    before: str
    after: str
    why: tuple[Said, ...]
    because: tuple[Reason, ...]
    of_week: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualScore:
    """The lifter's own usual score, 0-10; `recent` says that it is the median of the last days, not told once."""

    score: float
    recent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What bounds the plan.

    `grade` is the irritability planned for (high where it is open), `pain_most` the pain allowed during work, `cap`
    the largest dose of a day on the back in typical sessions, `cap_from` trajectory or ladder. `hinge_sets` are the
    hinge sets of the week, None where the usual ones are not known. `strict`: no amber is taken. `usual` is what a
    rise is measured from, None while nothing is known.
    """

    grade: str
    spared: tuple[str, ...]
    strict: bool
    pain_most: float
    cap: float | None
    cap_from: str
    hinge_sets: int | None
    equipment: tuple[str, ...]
    usual: UsualScore | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A week of training and rehab, or, when `held`, why there is none.

    `begun` is the day the plan began, `week` the number of its week (1 the first), `first_day` the first of the seven
    `days`. `held` plans have no days; `stop` says why and what to do, `ask_again` which warning signs to go through.
    `source` is log, answers or nothing: where the week comes from. `notes` say what the lifter should know (plates,
    unknown lifts, contradictions). `tracks` keep every lift's way back. `record` is what was done so far.
    `triage` is kept only where somebody has to look within days: what to do, and the signs that it is about.
    """

    held: bool
    level: Level
    stop: tuple[Said, ...]
    ask_again: tuple[str, ...]
    begun: date
    today: date
    week: int
    first_day: date
    source: str
    headline: tuple[Said, ...]
    limits: Limits | None
    days: tuple[PlanDay, ...]
    tracks: tuple[Track, ...]
    parked: tuple[Parked, ...]
    transitions: tuple[Transition, ...]
    record: Record
    rules: tuple[Said, ...]
    first_days: FirstDays | None
    flare: FlarePlan | None
    targets: Targets | None
    clearance: Clearance | None
    notes: tuple[Said, ...]
    undecided: tuple[str, ...]
    because: tuple[Reason, ...]
    knowledge_version: str
    own: OwnWeek | None = None
    stopped_on: date | None = None
    flare_begun: date | None = None
    triage: Triage | None = None
