"""An assessment for the terminal: what to do and the safety net first, then the seven answers, each read in a minute.

What can wait is told in the full report only, with the sources that it rests on.

Plain signs only, so that it reads the same in a pager, a mail and a screen reader. `style` may colour a line by its
role (`level:<level>`, `heading`, `headline`, `quiet`, `text`); it must not change its words.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from liftback.exchange.report_outline import Advice, AnswerPart, Outline, Range, outline
from liftback.exchange.timeline_svg import axis_share, axis_start
from liftback.knowledge.loader import Knowledge

Style = Callable[[str, str], str]
Line = tuple[str, str]
_MARKS = {"emergency": "!!!", "same_day": "!!", "within_days": "!"}
_NARROWEST, _DEFAULT_WIDTH = 40, 80
# Beyond this many, questions on the first screen stop being read; all of them stand further down.
_OPEN_SHOWN = 4
_CHART_WIDTH = 56
_LAST_TICK = "1yr"
_TICKS = ((7, "1wk"), (28, "4wk"), (91, "3mo"), (182, "6mo"))


def plain_style(text: str, _role: str) -> str:
    """Leave every line as it is."""
    return text


def assessment_text(
    report: Mapping[str, Any],
    knowledge: Knowledge,
    width: int = _DEFAULT_WIDTH,
    style: Style = plain_style,
    *,
    full: bool = False,
) -> str:
    """The report as text of at most `width` columns, web addresses apart; if `full`, with what can wait."""
    page = outline(report, knowledge)
    wide = max(width, _NARROWEST)
    lines = [*_advice(page.advice, wide), *_between(page, wide), *_safety_net(page.advice, wide)]
    lines += [*_in_short(page, wide), *_said_once(page, wide)]
    for answer in page.answers:
        lines += _answer(answer, page, wide, full=full)
    lines += [*_undecided(page, wide), *_sources(page, wide, full=full), *_about(page, wide, full=full)]
    return "\n".join(style(text, role) if text else "" for text, role in lines) + "\n"


def _wrapped(text: str, width: int, first: str = "", rest: str | None = None, role: str = "text") -> Iterator[Line]:
    after = " " * len(first) if rest is None else rest
    for line in textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=after, break_long_words=False, break_on_hyphens=False
    ):
        yield line, role


def _items(entries: Iterable[str], width: int, indent: str = "  ") -> Iterator[Line]:
    for entry in entries:
        yield from _wrapped(entry, width, f"{indent}- ")


def _heading(text: str, width: int) -> Iterator[Line]:
    yield "", ""
    yield from _wrapped(text, width, role="heading")
    yield "-" * min(len(text), width), "quiet"


def _listed(title: str, entries: Sequence[str], width: int) -> Iterator[Line]:
    if entries:
        yield "", ""
        yield from _wrapped(title, width, role="headline")
        yield from _items(entries, width)


def _advice(advice: Advice, width: int) -> Iterator[Line]:
    role = f"level:{advice.level}"
    mark = _MARKS.get(advice.level, "")
    yield "=" * width, role
    yield from _wrapped(" ".join(filter(None, (mark, advice.name))), width, role=role)
    yield "=" * width, role
    yield from _wrapped(advice.summary, width)
    yield from _listed("Do this", advice.do, width)
    yield from _listed("Say this at the door or on the phone", [f'"{line}"' for line in advice.say], width)
    if advice.urgent:
        yield from _listed("The signs it is about", advice.signs, width)
    yield from _listed("Do not", advice.do_not, width)
    if advice.emergency:
        return
    yield from _listed("Why", [why.text for why in advice.why], width)
    shown = list(advice.open_lines[:_OPEN_SHOWN])
    if more := len(advice.open_lines) - len(shown):
        shown.append(f"and {more} more, listed below")
    yield from _listed("Not answered yet, and an open question never counts as a no", shown, width)


def _between(page: Outline, width: int) -> Iterator[Line]:
    if page.advice.emergency:
        yield "", ""
        yield from _wrapped("All that follows can wait until you have been seen.", width, role="quiet")
        yield "=" * width, f"level:{page.advice.level}"
        yield from _listed("Why we say so", [why.text for why in page.advice.why], width)


def _in_short(page: Outline, width: int) -> Iterator[Line]:
    if page.advice.urgent:
        return  # what to do comes first, and the answers below say little until then
    yield from _heading("The seven answers in short", width)
    for answer in page.answers:
        yield from _wrapped(answer.question, width, f"{answer.number}  ", "   ", role="headline")
        yield from _wrapped(answer.headline, width, "   ")


def _said_once(page: Outline, width: int) -> Iterator[Line]:
    if page.said_once:
        yield from _heading("The seven answers", width)
    for text in page.said_once:
        yield from _wrapped(text, width)


def _answer(answer: AnswerPart, page: Outline, width: int, *, full: bool) -> Iterator[Line]:
    yield from _heading(f"{answer.number}  {answer.question}", width)
    yield from _wrapped(answer.headline, width, role="headline")
    told = (*answer.blocks, *(answer.more if full else ()))
    if answer.timeline and page.ranges:
        yield from _ranges(page.ranges, {block.text for block in told}, page.ranges_from, width)
    listed = not answer.headline
    for block in told:
        if not (block.item and listed) and not (listed and not block.item and block is told[0]):
            yield "", ""
        listed = block.item
        yield from _wrapped(block.text, width, "  - " if block.item else "", role="text")
    notes = [f"How sure: {answer.how_sure}."] if answer.how_sure else []
    if shown := answer.sources if full else answer.cited:
        notes.append("Sources: " + " ".join(f"[{number}]" for number in shown))
    if notes:
        yield "", ""
        yield from _wrapped(" ".join(notes), width, role="quiet")


def _ranges(ranges: Sequence[Range], told: set[str], counted_from: str, width: int) -> Iterator[Line]:
    """The chart, with its words only where the answer does not say them itself."""
    yield "", ""
    yield from _wrapped(f"How long it takes people, counted from {counted_from}:", width)
    wide = min(width - 2, _CHART_WIDTH)
    yield "", ""
    yield "  " + _axis(wide, axis_start(counted_from)), "quiet"
    for one in ranges:
        yield from _wrapped(one.name, width, "  ", role="headline")
        yield "  " + _bar(one, wide), "text"
        if one.criterion:
            yield from _wrapped(f"There means: {one.criterion}", width, "  ", role="quiet")
        if one.text not in told:
            yield from _wrapped(f"Half of people: {one.half_words}. Most: {one.most_words}.", width, "  ")
            yield from _wrapped(f"Not there within a year: {one.missing_words}.", width, "  ")
    yield "", ""
    yield from _wrapped("= half of people  - most (8 in 10)  | the middle  > later than a year", width, "  ")


def _axis(width: int, start: str) -> str:
    axis = list(start.ljust(width))
    for days, label in _TICKS:
        at = round(axis_share(days) * (width - 1))
        axis[at : at + len(label)] = label
    axis[-len(_LAST_TICK) :] = _LAST_TICK
    return "".join(axis)


def _bar(one: Range, width: int) -> str:
    cells = ["."] * width
    for (low, high), sign in ((one.most, "-"), (one.half, "=")):
        first, last = (round(axis_share(days) * (width - 1)) for days in (low, high))
        cells[first : last + 1] = sign * (last + 1 - first)
    if one.middle is not None:
        cells[round(axis_share(one.middle) * (width - 1))] = "|"
    if one.most[1] is None:
        cells[-1] = ">"
    return "".join(cells)


def _undecided(page: Outline, width: int) -> Iterator[Line]:
    questions = [*page.advice.open_questions, *page.would_tell_more]
    if questions:
        yield from _heading("What is still undecided", width)
        yield from _wrapped("Answering these would tell more:", width)
        yield from _items(questions, width)


def _safety_net(advice: Advice, width: int) -> Iterator[Line]:
    if not (advice.watch_for or advice.when or advice.where):
        return
    yield from _heading("Your safety net", width)
    yield from _items(advice.watch_for, width)
    for title, text in (("When", advice.when), ("Where", advice.where), ("What to expect", advice.expected_course)):
        if text:
            yield from _wrapped(f"{title}: {text}", width)
    if advice.may_come_later:
        yield from _listed("What may come later", advice.may_come_later, width)


def _sources(page: Outline, width: int, *, full: bool) -> Iterator[Line]:
    listed = [source for source in page.sources if full or source.number in page.cited]
    if listed:
        yield from _heading("Sources", width)
    for source in listed:
        yield from _wrapped(source.line, width, f"[{source.number}] ")
        if source.url:
            yield f"    {source.url}", "quiet"


def _about(page: Outline, width: int, *, full: bool) -> Iterator[Line]:
    yield "", ""
    for line in page.about:
        yield from _wrapped(line, width, role="quiet")
    if not full and any(answer.more for answer in page.answers):
        yield from _wrapped("More facts and all sources: liftback assess STORY --full.", width, role="quiet")
    yield from _wrapped('Ask why: liftback explain STORY "answer 3" (or triage, timeline, ...).', width, role="quiet")
