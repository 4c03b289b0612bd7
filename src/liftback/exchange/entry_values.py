"""What a lifter enters day by day, as JSON values and form fields: check-ins, exposures, answers on the criteria.

The same readers judge it as judge a file, so that what is refused there is refused here. What is left out stays
unknown; what cannot be read is told in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from liftback.exchange.criteria_file import criteria_of, form_of_item
from liftback.exchange.diary_cells import CellError, event, score
from liftback.exchange.diary_file import DiaryError
from liftback.exchange.documents import shown
from liftback.exchange.exposure_cells import (
    COLUMNS,
    LONGEST_NAME,
    QUESTION_OF,
    UNCLEAR,
    Line,
    answer_of,
    clean_name,
    effort_of,
    lift_of,
    name_key,
    sets_of,
    tried,
    weight_of,
)
from liftback.exchange.exposure_file import ExposureError, exercise_names
from liftback.exchange.interview_form import question_values
from liftback.facts.dates import FIRST_DAY
from liftback.facts.diary import Diary, DiaryDay
from liftback.facts.story import LONGEST_WORDS
from liftback.facts.values import Fact, Facts
from liftback.knowledge.conditions import leaves
from liftback.knowledge.plan_entries import Criterion
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.clearance import ASKED_OF_EACH, lift_answer
from liftback.plans.parts import Plan
from liftback.plans.record import Done

_BETWEEN = "; "
LARGEST = 1e15
"""From here on a whole number is not told apart from its neighbours."""
_SCORES = ("pain", "sleep", "stress", "lift_pain")
_MOMENTS = {"before": "before", "during": "during", "felt": "during", "leg": "after", "after": "after"}
"""When an exposure's question can be answered; all others wait for the next morning or later."""
_STAGE, _OF_A_LIFT = "clearance", "lift_"
Values = Mapping[str, Any]


# --- check-ins -------------------------------------------------------------------------------------------------------


def diary_of(days: Iterable[Values]) -> Diary:
    """A diary from the values of check-ins: `day`, and pain, sleep, stress, lift_pain (0 to 10), event, note.

    Of several on one day, the later score of each kind counts; any tweak counts, and every note is kept. Raises
    DiaryError.
    """
    found: dict[date, DiaryDay] = {}
    for values in days:
        one = _diary_day(values)
        found[one.day] = _both(found[one.day], one) if one.day in found else one
    return Diary(days=tuple(found[day] for day in sorted(found)))


def _diary_day(values: Values) -> DiaryDay:
    day = _day(values.get("day"), DiaryError)
    try:
        scores = {name: score(_cell(values.get(name)), name.replace("_", " ")) for name in _SCORES}
        happened = event(_cell(values.get("event")))
    except CellError as error:
        raise DiaryError(f"{day.isoformat()}: {error}.") from None
    return DiaryDay(day=day, event=happened, note=_note(values, DiaryError), **scores)


def _both(before: DiaryDay, after: DiaryDay) -> DiaryDay:
    """Two check-ins of one day as one."""
    scores = {name: getattr(before, name) if getattr(after, name) is None else getattr(after, name) for name in _SCORES}
    known = after.note in before.note.split(_BETWEEN)
    note = before.note if known else _BETWEEN.join(one for one in (before.note, after.note) if one)
    return DiaryDay(day=after.day, event=before.event or after.event, note=note, **scores)


def _day(raw: object, error: type[ValueError]) -> date:
    try:
        day = date.fromisoformat(str(raw))
    except ValueError:
        raise error(f"The day {shown(raw)} cannot be read; it is written like 2026-11-23.") from None
    if day < FIRST_DAY:
        raise error(f"The day {day.isoformat()} is before {FIRST_DAY.year}; check the year.")
    return day


def _note(values: Values, error: type[ValueError] | None) -> str:
    """The note on one line; where it is too long, `error` is raised, or without one it is cut."""
    note = clean_name(str(values.get("note") or ""))
    if len(note) > LONGEST_WORDS and error is not None:
        raise error(
            f"The note has {len(note):,} letters; please keep the part that matters most, up to {LONGEST_WORDS:,}."
        )
    return note[:LONGEST_WORDS]


def _cell(raw: object) -> str:
    """A value as it would stand in a file's cell."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, list | tuple):
        return "; ".join(_cell(one) for one in raw)
    # A whole number as a person writes it; what is no number at all is refused as it stands.
    whole = isinstance(raw, float) and raw.is_integer() and abs(raw) < LARGEST
    return f"{raw:.0f}" if whole else str(raw).strip()


# --- exposures -------------------------------------------------------------------------------------------------------


def exposure_questions(plans: PlanKnowledge) -> list[dict[str, Any]]:
    """The taps of an exposure, in order: each question with its `field` and the `moment` that it is about.

    `moment` is before, during, after or next_morning.
    """
    questions = plans.known.questions
    return [
        {**question_values(questions[name]), "field": field, "moment": _MOMENTS.get(field, "next_morning")}
        for field, name in QUESTION_OF.items()
    ]


def done_of(values: Values, plans: PlanKnowledge, *, today: date, strict: bool = True) -> Done:
    """One lift done once, from the values of an entry.

    They are `day`, `lift`, `exercise`, `sets`, `reps`, `weight`, `unit`, `effort`, `note` and the answers by the fields
    (or the ids) of `exposure_questions`, which may also stand together below `told`. Raises ExposureError with one
    sentence. Unless `strict`, only a day or a lift that cannot be read is refused; all else that cannot be read stays
    unknown, so that an alarm beside it is not lost.
    """
    day = _day(values.get("day"), ExposureError)
    if day > today:
        raise ExposureError(f"{day.isoformat()} is in the future; log it when it is done.")
    line = Line(line=0, cells=_cells(values), text="")
    wrong: list[str] = []
    try:
        lift = lift_of(line)
    except CellError as error:
        raise ExposureError(f"The entry of {day.isoformat()} {error}.") from None
    weight, unit = tried(lambda: weight_of(line, None), wrong) or (None, "kg")
    sets, reps = tried(lambda: sets_of(line), wrong) or (None, None)
    effort = tried(lambda: effort_of(line), wrong)
    told = Facts(dict(_told(line, day, wrong, plans)))
    if wrong and strict:
        raise ExposureError(f"{lift} on {day.isoformat()}: {'; '.join(dict.fromkeys(wrong))}.")
    # Words that stand where an answer could not be read are words too, and are read for warning signs.
    unclear = [line[column] for column, name in QUESTION_OF.items() if told[name] == UNCLEAR]
    note = ". ".join(one for one in (_note(values, ExposureError if strict else None), *unclear) if one)
    return Done(
        day=day, lift=lift, exercise=_exercise(line["exercise"], lift, plans), told=told, sets=sets, reps=reps,
        weight=weight, unit=unit, effort=effort, note=note,
    )  # fmt: skip


def _cells(values: Values) -> dict[str, str]:
    """The values as the cells of a row; a question may stand there by its id or by its column."""
    told = values.get("told")
    every = {**told, **values} if isinstance(told, Mapping) else values
    named = {column: every.get(column, every.get(QUESTION_OF.get(column, column))) for column in COLUMNS}
    return {column: _cell(value) for column, value in named.items() if value is not None}


def _told(line: Line, day: date, wrong: list[str], plans: PlanKnowledge) -> Iterable[tuple[str, Fact]]:
    for column, name in QUESTION_OF.items():
        if column in line.cells:
            yield name, answer_of(plans.known.questions[name], column, line[column], day, wrong)


def _exercise(name: str, lift: str, plans: PlanKnowledge) -> str:
    tidy = clean_name(name)
    if not tidy or name_key(tidy) == name_key(lift):
        return lift if tidy else ""
    return exercise_names(plans).get(name_key(tidy), tidy[:LONGEST_NAME])


# --- the criteria of clearance ---------------------------------------------------------------------------------------


def criteria_questions(plan: Plan, plans: PlanKnowledge) -> list[dict[str, Any]]:
    """The questions of clearance in groups: of the back (`lift` is empty), then of each own lift that counts.

    `field` names the answer. `optional`: only criteria that are never needed read it.
    """
    asked = [one for one in plans.known.questions.values() if one.stage == _STAGE]
    of_each = set(ASKED_OF_EACH.values())
    lifts = [one.lift for one in plan.clearance.lifts] if plan.clearance is not None else []
    needed = {name for criterion in plans.criteria if not criterion.optional for name in _reads(criterion)}
    groups = [("", [(one, one.id) for one in asked if one.id not in of_each])]
    groups += [(lift, [(one, lift_answer(one.id, lift)) for one in asked if one.id in of_each]) for lift in lifts]
    return [
        {
            "lift": lift,
            "questions": [
                {**question_values(one), "field": field, "optional": one.id not in needed} for one, field in questions
            ],
        }
        for lift, questions in groups
    ]


def _reads(criterion: Criterion) -> Iterable[str]:
    """The questions that a criterion reads."""
    return (ASKED_OF_EACH.get(leaf.fact, leaf.fact) for leaf in leaves(criterion.when))


def criteria_given(values: Mapping[str, Sequence[str] | str | float], plans: PlanKnowledge, *, today: date) -> Facts:
    """The answers on the criteria from the fields of a form, or from an entry's values; `day` is today if left out.

    A field is that of `criteria_questions`, or an item of a questionnaire. Others are not read. Raises CriteriaError.
    """
    known = {one.id for one in plans.known.questions.values() if one.stage == _STAGE}
    raw: dict[str, Any] = {"date": _single(values.get("day")) or None, "lifts": {}, "forms": {}}
    for field, given in values.items():
        value, (question, of_a_lift, lift) = _single(given), field.partition(":")
        if value in ("", None) or (of_a_lift and not lift.strip()):
            continue
        form = form_of_item(field, plans)
        if form is not None:
            raw["forms"].setdefault(form.id, {})[field] = value
        elif question in known and of_a_lift:
            raw["lifts"].setdefault(lift, {})[question.removeprefix(_OF_A_LIFT)] = value
        elif question in known:
            raw[question] = value
    return criteria_of({name: value for name, value in raw.items() if value not in (None, {})}, plans, today=today)


def _single(given: Any) -> Any:
    """The one value of a field: its last one that says something."""
    if isinstance(given, list | tuple):
        told = [one for one in given if one not in ("", None)]
        return told[-1] if told else None
    return given
