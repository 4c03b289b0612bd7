"""What a knowledge file may hold, as frozen types: parameters, questions, gates, clusters, statements, sources.

Every type is built from its YAML mapping by `liftback.knowledge.loader`; the closed JSON schema in
`schema.json` says the same thing to an editor and to `make check`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from liftback.knowledge.conditions import Condition


class Level(IntEnum):
    """Triage level, ordered: a higher number is more urgent and always wins."""

    self_manage = 0
    routine = 1
    within_days = 2
    same_day = 3
    emergency = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A source that parameters and statements cite."""

    id: str
    title: str
    year: int
    kind: str
    url: str
    note: str = ""


Value = float | tuple[float, ...] | str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """One value of a parameter, from a day on. Values are added, never overwritten."""

    since: date
    value: Value
    source: str
    locator: str
    certainty: str
    reviewed_on: date
    review_by: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameter:
    """A clinical number with its meaning, unit and dated, cited values (oldest first). Equal only to itself."""

    id: str
    name: str
    description: str
    unit: str
    values: tuple[DatedValue, ...]

    @property
    def current(self) -> DatedValue:
        """The newest value."""
        return self.values[-1]

    @property
    def number(self) -> float:
        """The newest value where it is one number. Raises TypeError for a range or a word."""
        if isinstance(self.current.value, int | float):
            return float(self.current.value)
        raise TypeError(f"parameter {self.id} is not one number")

    @property
    def numbers(self) -> tuple[float, ...]:
        """The newest value where it is a row of numbers (a range, an interval, a table row)."""
        if isinstance(self.current.value, tuple):
            return self.current.value
        raise TypeError(f"parameter {self.id} is not a row of numbers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a question. `level` and `why` are given for the choices of gate questions only."""

    id: str
    label: str
    level: Level | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the lifter.

    `kind` is one (one choice), many (any number of choices), number, date or text. `gate` is the id of the
    red flag it asks for, or None. `stage` says when it is asked: about, gates, story or plan. `asked_if`, when
    given and false, means that the answer could change nothing. `short` is the line in a checklist.
    """

    id: str
    topic: str
    text: str
    kind: str
    stage: str
    gate: str | None = None
    short: str = ""
    help: str = ""
    why: str = ""
    screen: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    asked_if: Condition | None = None

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """The ids of the choices, in written order."""
        return tuple(choice.id for choice in self.choices)

    @property
    def unresolved_level(self) -> Level:
        """The level it calls for without an answer: one step below its highest, at least `routine` (decision 6)."""
        highest = max((choice.level for choice in self.choices if choice.level is not None), default=Level.self_manage)
        return Level(max(highest - 1, Level.routine))

    def level_of(self, choice: object) -> Level | None:
        """The level of one of its choices; None where that is none of them, or has none."""
        return next((one.level for one in self.choices if one.id == choice), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A red flag: what it may point to, and what to do, say and watch for when it fires.

    One question has the gate's own id, others may belong to it too; each choice of them carries the triage level.
    """

    id: str
    name: str
    points_to: str
    sources: tuple[str, ...]
    do: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()
    watch_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRule:
    """Facts that together call for a level, with the reason in words.

    `while_unknown`: it also counts as long as nobody knows, since not knowing must never clear it.
    """

    id: str
    level: Level
    when: Condition
    why: str
    while_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Several rules about one serious condition, read from more than one fact."""

    id: str
    name: str
    sources: tuple[str, ...]
    rules: tuple[ClusterRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelAdvice:
    """What a triage level asks of the lifter, and its written safety net.

    `*_while_open` takes the place of its namesake when nothing but open questions calls for the level.
    """

    level: Level
    name: str
    summary: str
    do: tuple[str, ...]
    say: tuple[str, ...]
    do_not: tuple[str, ...]
    watch_for: tuple[str, ...]
    when: str
    where: str
    expected_course: str
    may_come_later: tuple[str, ...]
    sources: tuple[str, ...]
    name_while_open: str = ""
    summary_while_open: str = ""
    do_while_open: tuple[str, ...] = ()
    say_while_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence or item of a topic, with the condition under which it is said.

    `group` is where it belongs (for example `presentation.achy`). `kind` is evidence (numbers shown are
    published), practice (how the practice works) or default (our own starting point). `weight` names the
    parameter that says how much it counts, where it counts. `{topic.parameter}` and `{slot}` in `text` are
    filled when it is said. `data` holds further words of the item, by name. `more` marks what can wait: an answer
    says it last, and a report may keep it behind "more".
    """

    id: str
    topic: str
    group: str
    text: str
    kind: str
    when: Condition | None = None
    weight: str | None = None
    sources: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    more: bool = False

    def word(self, name: str) -> str:
        """The further word called `name`, or an empty string."""
        return dict(self.data).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A lift by name, its movement pattern and its place in the back-load order (0 least, 10 most)."""

    id: str
    name: str
    pattern: str
    back_load: int | None
    aliases: tuple[str, ...] = ()
