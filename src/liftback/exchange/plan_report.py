"""A plan as JSON values, as text and as one HTML page: what to do today first, then the week and how to judge it.

Every sentence about the back comes from the plan, which has it from the knowledge; the headings are ours. While the
plan is held, nothing of training is shown. Words and order come from `liftback.exchange.plan_outline`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from liftback.exchange.plan_outline import plan_page
from liftback.exchange.plan_svg import plan_week_svg
from liftback.exchange.plan_text import plan_text
from liftback.exchange.report_json import plain
from liftback.facts.values import Facts, Known
from liftback.knowledge.plans import PlanKnowledge, demonstrations
from liftback.plans.parts import Plan
from liftback.plans.record import Judged, Record

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["plan_html", "plan_json", "plan_text"]
Drawing = Callable[[str], str]
NEAR_FLOOR = ("back", "front", "side_plank", "side_plank_knees", "forearms_toes", "hands_knees")
_TEMPLATES = files("liftback.exchange") / "templates"


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan as `liftback plan --format json` prints it: plain values, days as ISO text, the level by name.

    What was told of an exposure is its value, or `{"unknown": why}`: unknown is never left out as if it were a no.
    """
    values = {field.name: getattr(plan, field.name) for field in fields(plan) if field.name != "record"}
    shown: dict[str, Any] = {name: plain(value) for name, value in values.items()}
    if plan.own is not None:
        shown["own"]["shown"] = sorted(plan.own.shown)
    return {**shown, "record": _record(plan.record)}


def _record(record: Record) -> dict[str, Any]:
    return {"judged": [_judged(one) for one in record.judged]}


def _judged(one: Judged) -> dict[str, Any]:
    done = {field.name: getattr(one.done, field.name) for field in fields(one.done) if field.name != "told"}
    judged: Mapping[str, Any] = {field.name: getattr(one, field.name) for field in fields(one) if field.name != "done"}
    return {
        "done": {**{name: plain(value) for name, value in done.items()}, "told": _facts(one.done.told)},
        **{name: plain(value) for name, value in judged.items()},
    }


def _facts(facts: Facts) -> dict[str, Any]:
    told = {name: facts[name] for name in facts}
    return {
        name: plain(fact.value) if isinstance(fact, Known) else {"unknown": fact.why} for name, fact in told.items()
    }


def plan_html(plan: Plan, plans: PlanKnowledge, drawing: Drawing | None = None) -> str:
    """The plan as one self-contained page: no script, nothing loaded, everything a lifter wrote escaped.

    `drawing` gives the inline SVG of an exercise by its id, or an empty text.
    """
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja2, which only this output needs

    page = plan_page(plan, plans)
    drawn = {card.id: drawing(card.id) for card in page.cards} if drawing else {}
    return _template().render(
        page=page,
        css=Markup(_read("assessment.css") + _read("plan.css")),  # noqa: S704 - our own files
        picture=Markup(plan_week_svg(page.days, page.cap)),  # noqa: S704 - escapes every word
        drawn={name: Markup(svg) for name, svg in drawn.items() if svg},  # noqa: S704 - our own drawings
        low=low_drawings(drawn, plans),
    )


def low_drawings(names: Iterable[str], plans: PlanKnowledge) -> frozenset[str]:
    """Exercises near the floor, with nothing that stands up or is held: the upper part of their drawing is empty."""
    named = tuple(names)
    drawn = demonstrations(plans.known) if named else {}
    asked = {name: drawn[plans.exercises[name].demonstration] for name in named}
    return frozenset(
        name for name, one in asked.items() if one.support in NEAR_FLOOR and not (one.holds or one.props or one.line)
    )


@cache
def _template() -> Template:
    """The page, with the macros of the page of an assessment, so that signs and lists look the same."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - costs as much as a whole assessment

    macros = _read("assessment.html.j2").partition("<!doctype html>")[0]
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return environment.from_string(macros + _read("plan.html.j2"))


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
