"""How long: ranges of days from now for each outcome, with its criterion and the share not there within a year.

Nobody has followed lifters from a sore back to full training and published the curve. The ranges are borrowed
from primary care and athletes, moved a little by what this lifter says, and widened for what studies disagree on.
Never a date, never a promise. The arithmetic is in `liftback.reasoning.recovery_curve`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liftback.facts.evaluation import holds
from liftback.facts.values import Facts
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, fact_reason, parameter_reason, say, say_group, unique
from liftback.reasoning.recovery_curve import Course, CureCurve, LateCurve, late_weight
from liftback.reasoning.time_words import YEAR, share_words, span_words

ONSET = "onset"
ELAPSED = "days_since_onset"
# Soonest first. The knowledge file says in words what each of them is.
OUTCOMES = ("training", "nearly_pain_free", "daily_life", "pain_free")
_HALF = (0.25, 0.75)  # what a middle half is, not a clinical number
_MOST = (0.1, 0.9)
_MIDDLE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One thing to reach, and when people like this reach it, in whole days from now.

    `half` holds the middle half of people and `most` eight in ten; a high end of None is after a year, and a low
    end is never above a year. `middle` is None when half of them need longer than a year. `not_within_year` is
    the share (0-1) not there a year from now. `criterion` says what counts as there; `text` says it all in words.
    """

    id: str
    name: str
    criterion: str
    half: tuple[int, int | None]
    most: tuple[int, int | None]
    middle: int | None
    not_within_year: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The forecast. `value` is the headline in words; `outcomes` is empty while a forecast has to wait.

    `days_elapsed` is None when the start of the pain is not known; the ranges then count from the start.
    `multiplier` is on the rate of recovery (above one is sooner), `factors` what moved it, and `not_known` the
    questions that could still move it and were left out. `more` holds published facts for who wants to read on.
    """

    value: str
    outcomes: tuple[Outcome, ...]
    days_elapsed: int | None
    multiplier: float
    factors: tuple[Reason, ...]
    not_known: tuple[str, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]
    more: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """Something that goes with slower or faster recovery: one answer, its rate per step, and the average answer.

    A factor with `choices` counts one step when one of them was chosen and none when another was; a factor
    without counts its number.
    """

    id: str
    questions: tuple[str, ...]
    choices: frozenset[str] = frozenset()

    @property
    def rate(self) -> str:
        """The parameter with the hazard ratio per step."""
        return f"timeline.rate_{self.id}"

    @property
    def centre(self) -> str:
        """The parameter with the steps of the average person."""
        return f"timeline.centre_{self.id}"


FACTORS = (
    Factor(id="pain", questions=("pain_worst", "pain_now")),
    Factor(id="low_mood", questions=("low_mood",)),
    Factor(id="expectation", questions=("expects_persistence",)),
    Factor(id="compensation", questions=("compensation",), choices=frozenset({"yes"})),
    Factor(
        id="leg",
        questions=("leg_symptoms",),
        choices=frozenset({"above_knee_brief", "above_knee_provoked", "below_knee"}),
    ),
    Factor(id="earlier", questions=("earlier_episodes",), choices=frozenset({"more_than_two"})),
    Factor(id="age", questions=("age",)),
)


def timeline(facts: Facts, knowledge: Knowledge) -> Timeline:
    """The forecast for one lifter from what is known; what is not known moves nothing and is listed."""
    moved = tuple(_moved(factor, facts, knowledge) for factor in FACTORS)
    known = tuple(one for one in moved if one is not None)
    multiplier = _multiplier(known, knowledge)
    elapsed = facts.number(ELAPSED)
    waits = holds(knowledge.statements["timeline.headline_wait"].when, facts) is True
    told = () if waits else tuple(_outcomes(elapsed, multiplier, facts, knowledge))
    outcomes = tuple(outcome for outcome, _ in told)
    headline = _headline(outcomes, elapsed, facts, knowledge)
    details = (
        *(one for _, one in told),
        *_shift(known, multiplier, facts, knowledge),
        *say_group("timeline.facts", facts, knowledge),
    )
    return Timeline(
        value=headline.text,
        outcomes=outcomes,
        days_elapsed=None if elapsed is None else int(elapsed),
        multiplier=multiplier,
        factors=tuple(one.reason for one in known),
        not_known=tuple(f.questions[0] for f, one in zip(FACTORS, moved, strict=True) if one is None),
        because=unique((fact_reason(ELAPSED, facts, knowledge), *(r for one in known for r in one.because))),
        undecided=() if elapsed is not None else (ONSET,),
        said=(headline, *(() if waits else details)),
        more=say_group("timeline.more", facts, knowledge),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """A known factor: its multiplier, and the reasons."""

    multiplier: float
    reason: Reason
    because: tuple[Reason, ...]


def _moved(factor: Factor, facts: Facts, knowledge: Knowledge) -> _Moved | None:
    question = next((name for name in factor.questions if facts.known(name)), None)
    steps = None if question is None else _steps(factor, question, facts, knowledge)
    if question is None or steps is None:
        return None
    multiplier = knowledge.number(factor.rate) ** (steps - knowledge.number(factor.centre))
    rate, centre = (parameter_reason(knowledge.parameters[name]) for name in (factor.rate, factor.centre))
    answer = fact_reason(question, facts, knowledge)
    way = "later" if multiplier < 1 else "sooner"
    reason = Reason(
        kind="rule",
        id=f"timeline.{factor.id}",
        text=f"{answer.text} ({answer.value})",
        value=f"moves the ranges {way} (rate of recovery times {multiplier:.2f})",
    )
    return _Moved(multiplier=multiplier, reason=reason, because=(answer, rate, centre))


def _steps(factor: Factor, question: str, facts: Facts, knowledge: Knowledge) -> float | None:
    if factor.choices:
        chosen = facts.chosen(question)
        return float(any(one in factor.choices for one in chosen)) if chosen else None
    number = facts.number(question)
    if number is None or factor.id != "pain":
        return number
    # The study asked for pain in words on a short ladder of steps; we ask for a number from 0 to 10.
    return knowledge.number("timeline.pain_first_step") + number / knowledge.number("timeline.pain_points_per_step")


def _multiplier(known: tuple[_Moved, ...], knowledge: Knowledge) -> float:
    product = 1.0
    for one in known:
        product *= one.multiplier
    low, high = knowledge.parameters["timeline.multiplier_cap"].numbers
    return min(high, max(low, product))


def course(outcome: str, elapsed: float, multiplier: float, knowledge: Knowledge) -> Course:
    """The course toward one outcome after so many days. Raises KeyError for an outcome nobody described."""
    ever, middle, width = knowledge.parameters[f"timeline.{outcome}_curve"].numbers
    late = knowledge.parameters.get(f"timeline.{outcome}_late_curve")
    weight = late_weight(
        elapsed,
        knowledge.number("timeline.late_begins"),
        knowledge.number("timeline.late_full"),
        knowledge.number("timeline.late_share"),
    )
    return Course(
        early=CureCurve(ever=ever, middle=middle, width=width),
        late=None if late is None else LateCurve(middle=late.numbers[0], shape=late.numbers[1]),
        elapsed=elapsed,
        multiplier=multiplier,
        late_weight=weight,
        spread=knowledge.number("timeline.spread"),
    )


def _outcomes(
    elapsed: float | None, multiplier: float, facts: Facts, knowledge: Knowledge
) -> Iterator[tuple[Outcome, Said]]:
    statements = {one.id: one for one in knowledge.group("timeline.outcomes")}
    for name in OUTCOMES:
        reach = knowledge.parameters.get(f"timeline.{name}_reach")
        if reach is not None and (elapsed or 0) > reach.number:
            continue  # nobody was followed that far, so there is nothing to borrow
        path = course(name, max(0.0, elapsed or 0), multiplier, knowledge)
        half, most = _range(path, _HALF), _range(path, _MOST)
        missing = path.not_yet(YEAR)
        slots = {
            "half": span_words(*half),
            "most": span_words(*most),
            "missing": share_words(missing),
            "start": counted_from(elapsed),
        }
        said = say(statements[f"timeline.{name}"], facts, knowledge, slots)
        if said is None:
            continue
        words = dict(said.data)
        outcome = Outcome(
            id=name,
            name=words["name"],
            criterion=words["criterion"],
            half=half,
            most=most,
            middle=path.days_until(_MIDDLE, YEAR),
            not_within_year=missing,
            text=said.text,
        )
        yield outcome, said


def _range(path: Course, shares: tuple[float, float]) -> tuple[int, int | None]:
    low, high = (path.days_until(share, YEAR) for share in shares)
    return (YEAR if low is None else low), high


def counted_from(elapsed: float | None) -> str:
    """From when the ranges count: today, or the start of the pain where that day is not known."""
    return "counted from the start of the pain" if elapsed is None else "from now"


def _headline(outcomes: tuple[Outcome, ...], elapsed: float | None, facts: Facts, knowledge: Knowledge) -> Said:
    spans = {f"{outcome.id}_half": span_words(*outcome.half) for outcome in outcomes}
    slots = {"start": counted_from(elapsed), "daily_life_half": "", "pain_free_half": "", **spans}
    return say_group("timeline.headline", facts, knowledge, slots)[0]


def _shift(known: tuple[_Moved, ...], multiplier: float, facts: Facts, knowledge: Knowledge) -> tuple[Said, ...]:
    low, high = knowledge.parameters["timeline.hardly_moved"].numbers
    if not known:
        name = "not_personal"
    elif multiplier < low:
        name = "moved_later"
    else:
        name = "moved_sooner" if multiplier > high else "hardly_moved"
    said = say(knowledge.statements[f"timeline.{name}"], facts, knowledge)
    return () if said is None else (said,)
