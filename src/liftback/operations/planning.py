"""The verbs of a plan: make it, record what was done, go on, a flare, clearance, questionnaires.

One keyword-only function for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from liftback.exchange import criteria_file
from liftback.exchange.criteria_file import CriteriaError, FormError
from liftback.exchange.exposure_file import ExposureError
from liftback.exchange.report_text import Style, plain_style
from liftback.facts.diary import Diary
from liftback.facts.story import Story
from liftback.facts.values import Facts
from liftback.facts.values import Known as KnownFact
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plans import PlanKnowledge, plan_knowledge
from liftback.operations.assessing import concluded_for_plan
from liftback.plans.bounds import Known
from liftback.plans.clearance import Clearance, Signature
from liftback.plans.flare import FlarePlan, flare_plan
from liftback.plans.forms import Change, Score, change, score
from liftback.plans.making import Lifter, clearance_of, first_plan, next_plan
from liftback.plans.parts import Plan
from liftback.plans.record import Done
from liftback.plans.recording import PlanError, recorded
from liftback.training.log import TrainingLog

__all__ = [
    "CriteriaError",
    "ExposureError",
    "FormError",
    "PlanError",
    "Signature",
    "clearance",
    "exposures_template",
    "flare",
    "forms",
    "make_plan",
    "next_week",
    "plan_calendar",
    "plan_json",
    "read_criteria",
    "read_exposures",
    "read_form",
    "record_exposure",
    "render_plan",
    "score_form",
    "scores_told",
]

if TYPE_CHECKING:
    from liftback.exchange.exposure_file import ExposureReading


def make_plan(
    *,
    story: Story,
    today: date,
    log: TrainingLog | None = None,
    diary: Diary | None = None,
    begun: date | None = None,
    flare_begun: date | None = None,
    told: Facts | None = None,
    knowledge: Knowledge | None = None,
) -> Plan:
    """The lifter's own week, modified, from today on; held with its reasons where there must be none.

    `begun` is the day on which the plan began, today if not given. `flare_begun` is the day a flare began. `told` are
    the answers on the criteria of clearance (`read_criteria`); only the plan's clearance reads them. Raises
    CriteriaError for a lift among them that is not in the plan.
    """
    lifter, plans = _lifter(story, today, log, diary, knowledge)
    return _with_told(first_plan(lifter, plans, begun=begun, flare_begun=flare_begun), lifter, told, plans)


def record_exposure(*, plan: Plan, done: Done, knowledge: Knowledge | None = None) -> Plan:
    """The plan after one lift was done once. Raises PlanError for a lift that is not in it."""
    return recorded(plan, done, _plans(knowledge))


def next_week(
    *,
    plan: Plan,
    story: Story,
    today: date,
    log: TrainingLog | None = None,
    diary: Diary | None = None,
    asked_again: date | None = None,
    flare_begun: date | None = None,
    told: Facts | None = None,
    knowledge: Knowledge | None = None,
) -> Plan:
    """The week that follows, from what was recorded and what is known today.

    `asked_again` is the day on which the warning signs were gone through again, which a plan that stopped waits for.
    `flare_begun` is the day a flare began. `told` is meant as in `make_plan`. Raises CriteriaError.
    """
    lifter, plans = _lifter(story, today, log, diary, knowledge)
    following = next_plan(plan, lifter, plans, asked_again=asked_again, flare_begun=flare_begun)
    return _with_told(following, lifter, told, plans)


def flare(
    *,
    story: Story,
    today: date,
    begun: date | None = None,
    flares: int = 1,
    log: TrainingLog | None = None,
    diary: Diary | None = None,
    knowledge: Knowledge | None = None,
) -> FlarePlan:
    """What to do when it flares up: the warning signs first, then day by day. `flares` counts those of four weeks."""
    lifter, plans = _lifter(story, today, log, diary, knowledge)
    return flare_plan(
        lifter.facts, begun=begun, today=today, flares_in_weeks=flares, knowledge=plans, triage_level=lifter.level
    )


def clearance(
    *,
    plan: Plan,
    story: Story,
    today: date,
    log: TrainingLog | None = None,
    diary: Diary | None = None,
    told: Facts | None = None,
    signed: Signature | None = None,
    knowledge: Knowledge | None = None,
) -> Clearance:
    """Which criteria are met for each own lift and for the back, what is missing, and who says so.

    `told` are the answers on the criteria (`read_criteria`). Raises CriteriaError for a lift among them that is not
    in the plan.
    """
    lifter, plans = _lifter(story, today, log, diary, knowledge)
    return clearance_of(plan.record, plan.own, _telling(lifter, told, plan, plans), signed, plans)


def read_criteria(*, content: bytes, today: date, knowledge: Knowledge | None = None) -> Facts:
    """The answers on the criteria of clearance, from a YAML or JSON file's bytes. Raises CriteriaError."""
    return criteria_file.read_criteria(content, _plans(knowledge), today=today)


def scores_told(*, told: Facts, knowledge: Knowledge | None = None) -> tuple[Score, ...]:
    """The score of every questionnaire among the answers on the criteria, in whole or in part."""
    return criteria_file.scores_told(told, _plans(knowledge))


def forms(*, form: str | None = None, knowledge: Knowledge | None = None) -> list[dict[str, Any]]:
    """The questionnaires with their items, as values for JSON; only one where it is named. Raises FormError."""
    plans = _plans(knowledge)
    found = plans.forms.values() if form is None else [criteria_file.form_of(form, plans)]
    return [
        {
            **{name: getattr(one, name) for name in ("id", "name", "citation", "licence", "introduction", "note")},
            **{name: getattr(one, name) for name in ("score", "lowest", "highest", "better")},
            "items": [
                {
                    "id": item.id, "text": item.text, "choices": dict(item.choices), "minimum": item.minimum,
                    "maximum": item.maximum,
                }
                for item in one.items
            ],
        }
        for one in found
    ]  # fmt: skip


def read_form(*, form: str, content: bytes, knowledge: Knowledge | None = None) -> dict[str, float | str]:
    """The answers to a questionnaire by item, from a YAML or JSON file's bytes. Raises FormError."""
    return criteria_file.read_form(content, criteria_file.form_of(form, _plans(knowledge)))


def score_form(
    *,
    form: str,
    answers: Mapping[str, object],
    earlier: Mapping[str, object] | None = None,
    knowledge: Knowledge | None = None,
) -> tuple[Score, Change | None]:
    """The score of a questionnaire, and with earlier answers whether it changed by more than the noise.

    An answer is the label of a choice, its points, or a number. Raises FormError with one clear sentence.
    """
    asked = criteria_file.form_of(form, _plans(knowledge))
    now = score(asked, criteria_file.form_answers(answers, asked))
    if earlier is None:
        return now, None
    return now, change(asked, score(asked, criteria_file.form_answers(earlier, asked)), now)


def read_exposures(
    *, content: bytes, today: date, date_order: str | None = None, knowledge: Knowledge | None = None
) -> ExposureReading:
    """What was done under a plan, from a CSV file's bytes. Raises ExposureError with one clear sentence."""
    from liftback.exchange.exposure_file import read_exposures as read  # noqa: PLC0415 - only this verb needs it

    return read(content, _plans(knowledge), today=today, date_order=date_order)


def exposures_template(*, plan: Plan) -> str:
    """A CSV of the week's lifts with the answers left empty, to be filled in."""
    from liftback.exchange.exposure_file import exposures_template as template  # noqa: PLC0415

    return template(plan)


def plan_json(*, plan: Plan) -> Any:
    """The plan as `liftback plan --format json` prints it."""
    from liftback.exchange.plan_report import plan_json as as_json  # noqa: PLC0415

    return as_json(plan)


def plan_calendar(*, plan: Plan) -> str:
    """The week as a calendar file, its details private."""
    from liftback.exchange.plan_calendar import plan_calendar as calendar  # noqa: PLC0415

    return calendar(plan)


def render_plan(
    *,
    plan: Plan,
    output: str,
    width: int = 80,
    full: bool = False,
    style: Style = plain_style,
    knowledge: Knowledge | None = None,
) -> str:
    """The plan as text or as one page of html, with a drawing of every exercise; the options are those of `render`."""
    from liftback.exchange import plan_report  # noqa: PLC0415

    plans = _plans(knowledge)
    if output == "html":
        return plan_report.plan_html(plan, plans, _drawing(plans))
    return plan_report.plan_text(plan, plans, width=width, full=full, style=style)


def _drawing(plans: PlanKnowledge) -> Callable[[str], str]:
    from liftback.exchange.demonstration_svg import demonstration_svg  # noqa: PLC0415 - only pages show drawings
    from liftback.knowledge.plans import demonstrations  # noqa: PLC0415

    drawn = demonstrations(plans.known)
    return lambda exercise: demonstration_svg(drawn[plans.exercises[exercise].demonstration])


def _until(diary: Diary, today: date) -> Diary:
    """The diary as it was on a day: a plan that began earlier is made from what was known then."""
    if not diary.days or diary.days[-1].day <= today:
        return diary
    return Diary(days=tuple(one for one in diary.days if one.day <= today))


def _with_told(plan: Plan, lifter: Lifter, told: Facts | None, plans: PlanKnowledge) -> Plan:
    """The plan whose clearance knows what was told; a held plan has none, so it stays as it is."""
    if told is None or plan.held:
        return plan
    found = clearance_of(plan.record, plan.own, _telling(lifter, told, plan, plans), None, plans)
    return replace(plan, clearance=found)


def _telling(lifter: Lifter, told: Facts | None, plan: Plan, plans: PlanKnowledge) -> Lifter:
    """The lifter with the answers on the criteria given up to today, and no others: they clear no warning sign."""
    if told is None:
        return lifter
    lifts = [lift.name for lift in plan.own.lifts] if plan.own is not None else []
    named = criteria_file.named_as_in_plan(told, lifts) if lifts else told
    kept = {name: named[name] for name in named if _counts(name, named, lifter.today, plans)}
    return replace(lifter, facts=lifter.facts.adding(kept))


def _counts(name: str, told: Facts, today: date, plans: PlanKnowledge) -> bool:
    question, fact = plans.known.questions.get(name.partition(":")[0]), told[name]
    if question is None or question.stage != criteria_file.STAGE:
        return False
    return not isinstance(fact, KnownFact) or fact.when is None or fact.when <= today


def _plans(knowledge: Knowledge | None) -> PlanKnowledge:
    return plan_knowledge(knowledge or load_knowledge())


def _lifter(
    story: Story, today: date, log: TrainingLog | None, diary: Diary | None, knowledge: Knowledge | None
) -> tuple[Lifter, PlanKnowledge]:
    known = knowledge or load_knowledge()
    kept = _until(diary if diary is not None else story.diary, today)
    found, course, facts = concluded_for_plan(story=story, today=today, log=log, diary=kept, knowledge=known)
    irritability, sensitivities = found["irritability"], found["sensitivities"]
    concluded = Known(
        grade=irritability.value,
        spared=sensitivities.value,
        category=found["category"].value,
        trajectory=course,
        because=(*irritability.because, *sensitivities.because),
    )
    undecided = (*irritability.undecided, *sensitivities.undecided)
    lifter = Lifter(
        facts=facts, level=found["triage"].level, known=concluded, foundations=found["foundations"], log=log,
        diary=kept, today=today, undecided=tuple(dict.fromkeys(undecided)), triage=found["triage"],
    )  # fmt: skip
    return lifter, plan_knowledge(known)
