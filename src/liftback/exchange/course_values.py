"""The course of a back as JSON values for pages: laid out as on paper, with its days and its picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liftback.exchange.course_svg import course_svg, course_words
from liftback.exchange.follow_report import course_of
from liftback.exchange.page_values import shown
from liftback.exchange.report_outline import address, certainty_words, clean
from liftback.exchange.svg_attributes import svg_without_styles
from liftback.knowledge.loader import Knowledge

_DAY = ("day", "pain", "dose", "event", "flare", "band")
_RESPONSE = ("response", "group")
"""The first word in the names of what is said of the answer to training."""
_PLACES = 3  # decimal places of a number that is drawn


def course_values(report: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """The course laid out: advice, headline, sections, weeks as a table, milestones, and what would tell more.

    `days` are those of the picture, each with day, pain, dose, event, flare and band (10, 25, 50, 75, 90 %); while
    warning signs come first there are none. `smallest_change` is the change in pain that people call important, with
    its source; `response` how the back answers to training, in words.
    """
    course = course_of(report, knowledge)
    found = report.get("trajectory") or {}
    days = () if course.held else found.get("days") or ()
    values: dict[str, Any] = shown(course)
    # What the page of an assessment has and a course has not is left out, so that a stored page stays small.
    page = {name: values["page"][name] for name in ("title", "today", "advice", "sources", "about")}
    return {
        **values,
        "page": page,
        "advice": page["advice"],
        "days": [_day(one) for one in days],
        "picture": svg_without_styles(course_svg(days)),
        "picture_words": course_words(days) if days else "",
        "smallest_change": smallest_change(knowledge),
        "response": [] if course.held else _said(found, _RESPONSE),
    }


def _day(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _rounded(one.get(name)) for name in _DAY}


def _rounded(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return round(value, _PLACES) if isinstance(value, float) else value


def _said(found: Mapping[str, Any], words: tuple[str, ...]) -> list[str]:
    told = found.get("said") or ()
    return [clean(one.get("text")) for one in told if str(one.get("id")).partition(".")[2].partition("_")[0] in words]


def smallest_change(knowledge: Knowledge) -> dict[str, Any]:
    """The smallest change in pain that people call important, with where the number is from."""
    parameter = knowledge.parameters["response_pattern.rise_floor"]
    value = parameter.current
    source = knowledge.references[value.source]
    return {
        "value": parameter.number,
        "text": clean(parameter.description),
        "how_sure": certainty_words(value.certainty),
        "source": {"title": clean(source.title), "year": source.year, "url": address(source.url)},
        "locator": clean(value.locator),
    }
