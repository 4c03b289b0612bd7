"""The verbs that lay things out as JSON values for pages: one keyword-only function for each.

What they give can be stored and shown later without working anything out again; every sentence in it is the same as
in the reports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from liftback.exchange import page_values
from liftback.exchange.report_json import assessment_json
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.loads import PlateError

if TYPE_CHECKING:
    from liftback.operations.assessing import Assessment, Followed
    from liftback.plans.parts import Plan

__all__ = [
    "PlateError",
    "answers_page",
    "course_page",
    "demonstration_picture",
    "exercise_card",
    "exercises",
    "plan_page_values",
    "plates",
    "report_values",
    "stand_ins",
    "why_tree",
]
_OF_PLANS = "plans."


def report_values(*, assessment: Assessment) -> dict[str, Any]:
    """The assessment as JSON values, to be stored: `answers_page` and `why_tree` read them like a fresh one."""
    return assessment_json(assessment)


def answers_page(*, assessment: Assessment | Mapping[str, Any], knowledge: Knowledge | None = None) -> dict[str, Any]:
    """The seven answers laid out, from an assessment or from the values of `report_values`.

    See `liftback.exchange.page_values`.
    """
    return page_values.answers_values(_report(assessment), knowledge or load_knowledge())


def why_tree(
    *, assessment: Assessment | Mapping[str, Any], name: str, knowledge: Knowledge | None = None
) -> dict[str, Any]:
    """The tree of reasons behind an answer ("answer 3"), a finding, a warning sign or a number, as nested values.

    Each line is `{"text": ..., "below": [...]}`. Raises UnknownNameError listing the names there are.
    """
    known = knowledge or load_knowledge()
    if name.strip().casefold().startswith(_OF_PLANS):
        known = plan_knowledge(known).known
    return page_values.why_values(_report(assessment), name, known)


def _report(assessment: Assessment | Mapping[str, Any]) -> Mapping[str, Any]:
    return assessment if isinstance(assessment, Mapping) else assessment_json(assessment)


def plan_page_values(*, plan: Plan, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """The plan laid out, with what a form needs to log each task; see `liftback.exchange.plan_values`."""
    from liftback.exchange.plan_values import plan_values  # noqa: PLC0415 - only this verb needs it
    from liftback.exchange.stand_in_values import stand_in_values  # noqa: PLC0415

    plans = plan_knowledge(knowledge or load_knowledge())
    return plan_values(plan, plans, lambda lift: stand_in_values(plan, lift, plans))


def course_page(*, followed: Followed | Mapping[str, Any], knowledge: Knowledge | None = None) -> dict[str, Any]:
    """The course laid out, from what `follow` gives or from the values of `followed_json`.

    See `liftback.exchange.course_values`.
    """
    from liftback.exchange.course_values import course_values  # noqa: PLC0415 - only this verb needs it
    from liftback.exchange.follow_report import follow_json  # noqa: PLC0415

    report = followed if isinstance(followed, Mapping) else follow_json(followed)
    return course_values(report, knowledge or load_knowledge())


# --- exercises and plates --------------------------------------------------------------------------------------------


def stand_ins(*, plan: Plan, lift: str, missing: str = "", knowledge: Knowledge | None = None) -> list[dict[str, Any]]:
    """What may stand in for a lift of the plan today, best first: exercise, dose, what it needs, and why.

    `missing` is the equipment that is taken; if left out, that of the planned work. Nothing in it is on a higher level,
    or asks more of the back, than what is planned. Empty while the plan is held.
    """
    from liftback.exchange.stand_in_values import stand_in_values  # noqa: PLC0415 - only this verb needs it

    return stand_in_values(plan, lift, plan_knowledge(knowledge or load_knowledge()), missing=missing)


def exercises(*, knowledge: Knowledge | None = None) -> list[dict[str, Any]]:
    """Every exercise of the ladders: id, name, ladder and rung."""
    from liftback.exchange.exercise_values import exercises as every  # noqa: PLC0415 - only this verb needs it

    return every(plan_knowledge(knowledge or load_knowledge()))


def exercise_card(*, exercise: str, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """All that a page shows of an exercise by its id. Raises UnknownNameError."""
    from liftback.exchange.exercise_values import exercise_card as card  # noqa: PLC0415 - only this verb needs it

    return card(exercise, plan_knowledge(knowledge or load_knowledge()))


def demonstration_picture(*, exercise: str, still: bool = False, knowledge: Knowledge | None = None) -> str:
    """The drawing of an exercise as an SVG file of its own, light or dark as the screen. Raises UnknownNameError."""
    from liftback.exchange.exercise_values import demonstration_picture as picture  # noqa: PLC0415

    return picture(exercise, plan_knowledge(knowledge or load_knowledge()), still=still)


def plates(
    *,
    weight: float,
    unit: str,
    bar: float,
    plates_owned: Sequence[float] | None = None,
    knowledge: Knowledge | None = None,
) -> dict[str, Any]:
    """What goes on each side of the bar, for the largest total not above `weight`. Raises PlateError.

    `plates_owned` are the sizes there are, in pairs as many as needed; those of a gym if left out.
    """
    from liftback.exchange.plate_values import plate_values  # noqa: PLC0415 - only this verb needs it

    return plate_values(weight, unit, bar, plates_owned, plan_knowledge(knowledge or load_knowledge()))
