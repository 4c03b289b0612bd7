"""What every report of a plan shows, as frozen parts in words: the same for a terminal, a page and a sheet of paper.

Filled in by `liftback.exchange.plan_outline`. Every text is one clean line, and every source has its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from liftback.exchange.report_outline import Source, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One sentence with the numbers of its sources; `more` marks what can wait."""

    text: str
    cites: tuple[int, ...] = ()
    more: bool = False

    @property
    def line(self) -> str:
        """The sentence with its numbers behind it."""
        return " ".join((self.text, *(f"[{number}]" for number in self.cites)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do.

    `lift` is the usual lift that it is or stands in for, `name` what is done. `dose` is how much, empty for a
    lift that only waits; `details` is what goes on the bar, the tempo and the rest. `card` is the id of its exercise
    card, empty without one.
    """

    kind: str
    lift: str
    name: str
    decision: str
    sign: str
    dose: str
    details: str = ""
    why: tuple[Told, ...] = ()
    up: tuple[Told, ...] = ()
    down: tuple[Told, ...] = ()
    card: str = ""

    @property
    def stands_in(self) -> bool:
        """Whether something else is done than the usual lift."""
        return self.kind == "lift" and self.name != self.lift


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the week: `tasks` is all there is to do, in order, `parked` are the usual lifts of it that wait."""

    day: date
    name: str
    trains: bool
    is_today: bool
    tasks: tuple[Task, ...]
    parked: tuple[Task, ...]
    back: float

    @property
    def lifts(self) -> tuple[Task, ...]:
        """The usual lifts of the day, with what becomes of each."""
        return (*(one for one in self.tasks if one.kind == "lift"), *self.parked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Sentences said once for all tasks that share them.

    `names` are their names, or those of their kinds; empty for all of a day. `whole`: it holds for all of a kind.
    """

    names: str
    told: tuple[Told, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Rehab work, walking or conditioning of the week: on which days, the tasks, and why, where they share it."""

    heading: str
    days: str
    tasks: tuple[Task, ...]
    why: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """How an exercise is done, shown once however often it is in the week."""

    id: str
    name: str
    doses: tuple[str, ...]
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    entry: str
    leave: str
    tempo: str
    note: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A parked lift: what it stood at, what stands in for it, and what brings it back, as far as it is its own."""

    name: str
    stands_at: str
    instead: str
    why: tuple[Told, ...]
    back_when: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one exposure changed, in words; `states` is empty where the state stays."""

    day: str
    lift: str
    light: str
    sign: str
    action: str
    states: str
    why: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """Lifts that were green and went the same way, named once."""

    light: str
    sign: str
    action: str
    lifts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a lift stands on its own way back."""

    lift: str
    decision: str
    sign: str
    state: str
    rung: str
    usual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some lines of a further part under a heading of their own, which may be empty; `more` marks what can wait.

    `cites` are the sources that all lines share.
    """

    heading: str
    lines: tuple[Told, ...]
    listed: bool = True
    more: bool = False
    cites: tuple[int, ...] = ()

    @property
    def title(self) -> Told:
        """The heading with the numbers of the sources behind it."""
        return Told(text=self.heading, cites=self.cites)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A further part of the plan: the first days, a flare, targets, clearance. `first` stands before the week."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Why there is no plan, and what to do instead. `urgent`: somebody has to look within days.

    `signs` are the warning signs to go through, `questions` what a plan waits for, `about` the signs that were told.
    """

    name: str
    urgent: bool
    on: str
    said: tuple[Told, ...]
    signs: tuple[str, ...]
    questions: tuple[str, ...]
    do: tuple[str, ...]
    say: tuple[str, ...]
    do_not: tuple[str, ...]
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNet:
    """What to watch for, and when and where to be seen. `level_name` is the advice that stands for now."""

    level_name: str
    watch_for: tuple[str, ...]
    when: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A whole plan, laid out. `stop` is set when it is held; everything of training is empty then.

    `focus` is the day in full: today, or the next one with training; `aside` is today where it is not in focus.
    `less` goes before its doses; `reasons`, `up` and `down` are of the day in focus. `calm` and `latest` are the newest
    change of each lift since the week before, the green ones together; `earlier` are all before.
    `waiting_all` is what several parked lifts share.
    """

    title: str
    today: str
    level: str
    net: SafetyNet
    sources: tuple[Source, ...]
    about: tuple[str, ...]
    stop: Stop | None = None
    week: str = ""
    headline: tuple[Told, ...] = ()
    limits: tuple[tuple[str, str], ...] = ()
    cap: float | None = None
    focus: Day | None = None
    focus_name: str = ""
    less: tuple[Told, ...] = ()
    aside: Day | None = None
    reasons: tuple[Shared, ...] = ()
    up: tuple[Shared, ...] = ()
    down: tuple[Shared, ...] = ()
    days: tuple[Day, ...] = ()
    rows: tuple[Row, ...] = ()
    cards: tuple[Card, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    waiting_all: tuple[Shared, ...] = ()
    rules: tuple[Told, ...] = ()
    calm: tuple[Calm, ...] = ()
    latest: tuple[Change, ...] = ()
    earlier: tuple[Change, ...] = ()
    places: tuple[Place, ...] = ()
    extras: tuple[Extra, ...] = ()
    notes: tuple[Told, ...] = ()
    would_tell_more: tuple[str, ...] = ()
    why: tuple[Why, ...] = ()
