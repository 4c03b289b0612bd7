"""An assessment as Markdown: to paste into notes, a mail or an issue, with every reason under its answer.

A lifter's own words are escaped, so that they show as written and never become a link, a heading or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from liftback.exchange.report_outline import Advice, AnswerPart, Block, Outline, Source, Why, outline
from liftback.knowledge.loader import Knowledge


def assessment_markdown(report: Mapping[str, Any], knowledge: Knowledge) -> str:
    """The whole report as Markdown."""
    page = outline(report, knowledge)
    lines = [f"# {_text(page.title)}", *_advice(page.advice), *_safety_net(page.advice)]
    lines += [text for said in page.said_once for text in ("", _text(said))]
    for answer in page.answers:
        lines += _answer(answer, page)
    lines += [*_talk(page), *_undecided(page), *_sources(page.sources), "", "---", ""]
    lines += [f"{_text(line)}  " for line in page.about]
    return "\n".join(lines).strip() + "\n"


def _text(text: str) -> str:
    """Text in which no sign means anything to Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)


def _list(title: str, entries: Iterable[str]) -> Iterator[str]:
    items = [f"- {_text(entry)}" for entry in entries]
    if items:
        yield from ("", f"**{title}**", "", *items)


def _reasons(reasons: Iterable[Why]) -> list[str]:
    return [f"{why.text} [{why.source}]" if why.source else why.text for why in reasons]


def _advice(advice: Advice) -> Iterator[str]:
    yield from ("", f"## {_text(advice.name)}", "", f"**{_text(advice.summary)}**")
    yield from _list("Do this", advice.do)
    yield from _list("Say this at the door or on the phone", [f"“{line}”" for line in advice.say])
    if advice.urgent:
        yield from _list("The signs it is about", advice.signs)
    yield from _list("Do not", advice.do_not)
    yield from _list("Why", _reasons(advice.why))
    yield from _list("Not answered yet, and an open question never counts as a no", advice.open_questions)


def _safety_net(advice: Advice) -> Iterator[str]:
    if not (advice.watch_for or advice.when or advice.where):
        return
    yield from ("", "## Your safety net")
    yield from _list("Watch for", advice.watch_for)
    for title, text in (("When", advice.when), ("Where", advice.where), ("What to expect", advice.expected_course)):
        if text:
            yield from ("", f"**{title}:** {_text(text)}")
    yield from _list("What may come later", advice.may_come_later)


def _answer(answer: AnswerPart, page: Outline) -> Iterator[str]:
    yield from ("", f"## {answer.number}. {_text(answer.question)}")
    if answer.headline:
        yield from ("", f"**{_text(answer.headline)}**")
    yield from _told(answer.blocks)
    if answer.timeline:
        yield from _ranges(page)
    if answer.how_sure:
        yield from ("", f"*How sure:* {_text(answer.how_sure)}.")
    if answer.sources:
        yield from ("", "*Sources:* " + " ".join(f"\\[{number}\\]" for number in answer.sources))
    if answer.more:
        yield from ("", "**More on this**")
        yield from _told(answer.more)
    if answer.headline:
        yield from _list("Why", _reasons(answer.why))


def _told(blocks: Iterable[Block]) -> Iterator[str]:
    listed = False
    for block in blocks:
        if not (block.item and listed):
            yield ""
        listed = block.item
        # A number and a dot at the start of a paragraph would begin a list.
        text = re.sub(r"^(\d+)([.)])", r"\1\\\2", _text(block.text))
        yield f"- {text}" if block.item else re.sub(r"^([-+])", r"\\\1", text)


def _ranges(page: Outline) -> Iterator[str]:
    if not page.ranges:
        return
    yield from ("", f"Counted from {page.ranges_from}:", "")
    yield "| What | Half of people | Most people (8 in 10) | Not there within a year |"
    yield "|---|---|---|---|"
    for one in page.ranges:
        what = f"**{_text(one.name)}** {_text(one.criterion)}".rstrip()
        yield f"| {what} | {one.half_words} | {one.most_words} | {one.missing_words} |"


def _talk(page: Outline) -> Iterator[str]:
    if page.talk:
        yield from ("", "## Your training log")
        yield from _list("What a therapist would raise", page.talk)


def _undecided(page: Outline) -> Iterator[str]:
    questions = [*page.advice.open_questions, *page.would_tell_more]
    if questions:
        yield from ("", "## What is still undecided")
        yield from _list("Answering these would tell more", questions)


def _sources(sources: Iterable[Source]) -> Iterator[str]:
    listed = [f"- \\[{one.number}\\] {_text(one.line)}" + (f" <{one.url}>" if one.url else "") for one in sources]
    if listed:
        yield from ("", "## Sources", "", *listed)
