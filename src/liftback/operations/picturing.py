"""The verbs that draw for a page and for paper: one keyword-only function for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from liftback.exchange.course_svg import course_svg, course_words
from liftback.exchange.svg_attributes import svg_without_styles

__all__ = ["Picture", "course_picture", "paper_picture"]

_VARIABLE = re.compile(r"var\(--[\w-]+,\s*([^()]+)\)")


class Picture(TypedDict):
    """A drawing as SVG, and what it shows in words."""

    svg: str
    words: str


def course_picture(
    *, days: Sequence[Mapping[str, Any]], smallest: float | None = None, name: str = "course"
) -> Picture:
    """The picture of some days of a course (`days` of `course_page`), and the same in words; empty without days.

    `smallest` is the smallest change that matters, in points, drawn to scale; `name` makes its ids unique on a page.
    """
    if not days:
        return {"svg": "", "words": ""}
    return {"svg": svg_without_styles(course_svg(days, name, smallest=smallest)), "words": course_words(days)}


def paper_picture(*, svg: str) -> str:
    """A picture in the colours of paper, for programs that know nothing of a page's own colours."""
    return _VARIABLE.sub(lambda found: found.group(1).strip(), svg)
