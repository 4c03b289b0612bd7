"""An assessment as one HTML page: for a phone on a gym floor, for paper, and for a therapist to read line by line.

The page holds all it needs (no script, no font, no picture from elsewhere) and asks the browser to load nothing.
Everything a lifter wrote is escaped. Words and order come from `liftback.exchange.report_outline`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from liftback.exchange.report_outline import outline
from liftback.exchange.timeline_svg import timeline_svg, weekly_sets_svg
from liftback.knowledge.loader import Knowledge

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = files("liftback.exchange") / "templates"


def assessment_html(report: Mapping[str, Any], knowledge: Knowledge) -> str:
    """The whole report as one self-contained page."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja2, which only this output needs

    page = outline(report, knowledge)
    return _template().render(
        page=page,
        css=Markup(_read("assessment.css")),  # noqa: S704 - our own file
        ranges_picture=Markup(timeline_svg(page.ranges, page.ranges_from)),  # noqa: S704 - escapes every word
        weeks_picture=Markup(weekly_sets_svg(page.weeks.sets, page.weeks.first, page.weeks.last)),  # noqa: S704 - escapes every word
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - costs as much as a whole assessment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return environment.from_string(_read("assessment.html.j2"))


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
