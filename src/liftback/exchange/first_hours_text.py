"""What to do when it has just happened, as text for a terminal: the warning signs, whom to call, the first hours."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from liftback.exchange.report_text import Style, plain_style
from liftback.plans.first_days import FirstHours, Step
from liftback.reasoning.findings import Said

NARROWEST = 40
ABOUT = "Education and decision support. It does not diagnose. Nobody watches what you do here."


def first_hours_text(found: FirstHours, *, width: int, style: Style = plain_style) -> str:
    """The text in columns of `width`; being seen is said once, before what to do."""
    wide = max(width, NARROWEST)
    lines = [*_block("Check this first", found.check, wide), *_listed(found.signs, wide), ("", "text")]
    lines += [*_block("If one is there", found.call, wide), ("", "text")]
    lines += [*_block("Be seen", (), wide), *_listed(found.steps[0].seen_if, wide), ("", "text")]
    for step in found.steps:
        lines += [*_step(step, wide), ("", "text")]
    lines += list(_wrapped(ABOUT, wide, "quiet"))
    return "\n".join(style(text, role) if text else "" for text, role in lines) + "\n"


def _step(step: Step, wide: int) -> Iterator[tuple[str, str]]:
    yield from _block(step.name, (), wide)
    yield from _listed((*step.do, *step.do_not), wide)


def _block(heading: str, said: Iterable[Said], wide: int) -> Iterator[tuple[str, str]]:
    yield heading, "heading"
    yield "-" * len(heading), "heading"
    for one in said:
        yield from _wrapped(one.text, wide, "text")


def _listed(said: Iterable[Said], wide: int) -> Iterator[tuple[str, str]]:
    for one in said:
        lines = textwrap.wrap(one.text, wide, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
        yield from ((line, "text") for line in lines)


def _wrapped(text: str, wide: int, role: str) -> Iterator[tuple[str, str]]:
    for line in textwrap.wrap(text, wide, break_on_hyphens=False):
        yield line, role
