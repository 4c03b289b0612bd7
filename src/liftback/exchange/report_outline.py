"""What every report of an assessment shows, in its order, before anyone decides on paper, page or terminal.

Read from the plain mapping of `liftback.exchange.report_json`, so that a stored report reads like a fresh one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from liftback.exchange.timeline_svg import BEGINNING, TODAY
from liftback.exchange.weekly_sets import WeeklySets, weekly_sets
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.time_words import share_words, span_words

TITLE = "Your back: what to do, and seven answers"
LIMITS = (
    "Made for adults with low back pain. Not yet tested on lifters.",
    "Your own words are read in English only, and can only raise an alarm, never end one.",
    "Education and decision support, to be checked by a therapist. It does not diagnose or replace an examination.",
)
_TIMELINE_ANSWER = 3
_REMEMBERED = 4096  # lines of text kept in memory
_OPENS = "the next paragraph"
# Of the fifth answer, what every report shows at its top: what to do, why, what is open, and the safety net.
_STANDS_ABOVE = frozenset(
    f"seven_answers.five_{part}" for part in ("do", "summary", "reasons", "open", "change")
)  # fmt: skip
_AT_TOP = "What to do stands at the top."
_ABOVE = "What to do, why we say so, and what would change it stand at the top."
_LEVELS = frozenset(level.name for level in Level)
_HOW_SURE = {
    "published": "from published studies",
    "design_default": "our own starting point; no study gives it",
    "practice": "how the practice works",
    "mixed": "partly from published studies, partly our own starting point",
    "our starting point": "our own starting point; no study gives it",
    "unverified": "not yet checked at its source",
}
# An answer is mostly advice. Its grade is about the figures in it, and must not lend the advice their standing.
_ANSWER_SURE = {
    "published": "its figures are from published studies; the advice is how our practice works",
    "mixed": "its figures are partly from published studies, partly our own; the advice is how our practice works",
}
_WHERE_FROM = {
    "answer": "You said",
    "about": "You said",
    "own words": "Read in your own words",
    "log": "Your training log",
    "diary": "Your pain diary",
    "finding": "From the findings",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A reference with the number it has in this report."""

    number: int
    title: str
    year: int
    kind: str
    url: str
    note: str

    @property
    def line(self) -> str:
        """Title, year, kind and note."""
        note = f" {self.note.rstrip('.')}." if self.note else ""
        return f"{self.title} ({self.year}; {self.kind.replace('_', ' ')}).{note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One reason in words, with the number of its source where it has one; `kind` is fact, parameter or rule."""

    kind: str
    text: str
    source: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or an item of a list."""

    text: str
    item: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """One of the seven answers. `timeline` is true for the one that the ranges belong to.

    `blocks` are what everybody reads, `more` is what can wait; `sources` are of both, `cited` of `blocks` alone.
    """

    number: int
    question: str
    headline: str
    blocks: tuple[Block, ...]
    more: tuple[Block, ...]
    how_sure: str
    sources: tuple[int, ...]
    cited: tuple[int, ...]
    why: tuple[Why, ...]
    timeline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """One outcome of the timeline: days as numbers for a picture, in words for a table, and as a paragraph (`text`)."""

    name: str
    criterion: str
    half: tuple[float, float | None]
    most: tuple[float, float | None]
    middle: float | None
    half_words: str
    most_words: str
    missing_words: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The triage: what to do first, and the safety net.

    `signs` is what to point at when somebody asks why. `open_lines` are the open questions as lines of a checklist.
    """

    level: str
    name: str
    summary: str
    do: tuple[str, ...]
    say: tuple[str, ...]
    signs: tuple[str, ...]
    do_not: tuple[str, ...]
    watch_for: tuple[str, ...]
    when: str
    where: str
    expected_course: str
    may_come_later: tuple[str, ...]
    why: tuple[Why, ...]
    open_questions: tuple[str, ...]
    open_lines: tuple[str, ...]

    @property
    def urgent(self) -> bool:
        """Whether somebody has to look today, and will want to know at once which signs it is about."""
        return self.level in (Level.emergency.name, Level.same_day.name)

    @property
    def emergency(self) -> bool:
        """Whether this comes alone, before anything else."""
        return self.level == Level.emergency.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A whole report. `said_once` is what several answers would each say; it stands before them instead."""

    title: str
    today: str
    advice: Advice
    said_once: tuple[str, ...]
    answers: tuple[AnswerPart, ...]
    ranges: tuple[Range, ...]
    ranges_from: str
    weeks: WeeklySets
    talk: tuple[str, ...]
    would_tell_more: tuple[str, ...]
    sources: tuple[Source, ...]
    about: tuple[str, ...]

    @property
    def cited(self) -> frozenset[int]:
        """The numbers of the sources that a short report cites."""
        return frozenset(number for answer in self.answers for number in answer.cited)

    @property
    def left_open(self) -> tuple[str, ...]:
        """The questions that were not already put into the triage: in an emergency it stands alone, without any."""
        return (*(self.advice.open_questions if self.advice.emergency else ()), *self.would_tell_more)


class _Sources:
    """Gives each reference its number at its first mention."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int | None:
        """The number of a reference; None for what is not one."""
        if name not in self._knowledge.references:
            return None
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    def numbers(self, names: Iterable[str]) -> tuple[int, ...]:
        """The numbers of several references, each once, ascending."""
        return tuple(sorted({number for name in names if (number := self.number(str(name))) is not None}))

    def listed(self) -> tuple[Source, ...]:
        """All references mentioned so far."""
        found = ((number, self._knowledge.references[name]) for name, number in self._numbers.items())
        return tuple(
            Source(
                number=number,
                title=clean(one.title),
                year=one.year,
                kind=one.kind,
                url=address(one.url),
                note=clean(one.note),
            )
            for number, one in found
        )


def outline(report: Mapping[str, Any], knowledge: Knowledge) -> Outline:
    """Lay out a report."""
    sources = _Sources(knowledge)
    told = report.get("answers") or ()
    # What everybody reads is numbered first, so that a short report lists its sources without a gap.
    for answer in told:
        sources.numbers(_cited(answer))
    advice = _advice(report.get("triage") or {}, knowledge, sources)
    once = _said_once(told) if advice.urgent else ()
    answers = tuple(_answer(answer, once, sources, knowledge) for answer in told)
    # While somebody has to look first, nothing here speaks of how long it takes, or of training.
    timeline = {} if advice.urgent else report.get("timeline") or {}
    training = {} if advice.urgent else report.get("training") or {}
    open_gates = set((report.get("triage") or {}).get("unresolved") or ())
    asked = [name for name in report.get("undecided") or () if name not in open_gates and not advice.urgent]
    return Outline(
        title=TITLE,
        today=clean(report.get("today")),
        advice=advice,
        said_once=(*once[:1], _AT_TOP) if once else (),
        answers=answers,
        ranges=ranges(timeline),
        ranges_from=BEGINNING if timeline.get("days_elapsed") is None else TODAY,
        weeks=weekly_sets(training),
        talk=_not_told(_texts((training.get("talk") or {}).get("points")), answers),
        would_tell_more=question_texts(asked, knowledge),
        sources=sources.listed(),
        about=_about(report, knowledge),
    )


def _advice(triage: Mapping[str, Any], knowledge: Knowledge, sources: _Sources) -> Advice:
    actions, net = triage.get("actions") or {}, triage.get("safety_net") or {}
    reasons = [reason for reason in triage.get("because") or () if _worth_saying(reason, triage)]
    return Advice(
        level=clean(triage.get("level")),
        name=clean(triage.get("name")),
        summary=clean(triage.get("summary")),
        do=_texts(actions.get("do")),
        say=_texts(actions.get("say")),
        signs=tuple(dict.fromkeys(clean(one.get("why")) for one in triage.get("fired_because") or ())),
        do_not=_texts(actions.get("do_not")),
        watch_for=_texts(net.get("watch_for")),
        when=clean(net.get("when")),
        where=clean(net.get("where")),
        expected_course=clean(net.get("expected_course")),
        may_come_later=_texts(net.get("may_come_later")),
        why=whys(reasons, sources),
        open_questions=question_texts(triage.get("unresolved") or (), knowledge),
        open_lines=question_texts(triage.get("unresolved") or (), knowledge, short=True),
    )


def _worth_saying(reason: Mapping[str, Any], triage: Mapping[str, Any]) -> bool:
    # The questions still open have their own list; saying each of them again as a reason buries the others.
    open_gates = (*(triage.get("unresolved") or ()), *(triage.get("undecided") or ()))
    return reason.get("id") not in open_gates and not str(reason.get("id", "")).endswith(".unresolved")


def _answer(answer: Mapping[str, Any], said_once: Sequence[str], sources: _Sources, knowledge: Knowledge) -> AnswerPart:
    number = int(answer.get("number") or 0)
    headline = clean(answer.get("headline"))
    core, more = (_told(answer, knowledge, more=waits) for waits in (False, True))
    if not core and not more:
        core = blocks(str(answer.get("text") or ""))
    how_sure = certainty_words(str(answer.get("certainty") or ""), answer=True)
    shared = headline in said_once
    return AnswerPart(
        number=number,
        question=clean(answer.get("question")),
        headline="" if shared else headline,
        blocks=tuple(one for one in core if one.text not in (headline, *said_once)),
        more=more,
        how_sure="" if shared else how_sure,
        sources=sources.numbers(answer.get("sources") or ()),
        cited=sources.numbers(_cited(answer)),
        why=whys(answer.get("because") or (), sources),
        timeline=number == _TIMELINE_ANSWER,
    )


def _cited(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """The sources of what everybody reads: of an answer less those that only its `more` rests on."""
    paragraphs = answer.get("paragraphs") or ()
    waiting = {name for one in paragraphs if one.get("more") for name in one.get("sources") or ()}
    waiting -= {name for one in paragraphs if not one.get("more") for name in one.get("sources") or ()}
    return tuple(str(name) for name in answer.get("sources") or () if name not in waiting)


def _said_once(answers: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The paragraphs that most answers share: while somebody has to look first, six of them say the same."""
    told = [dict.fromkeys(clean(one.get("text")) for one in answer.get("paragraphs") or ()) for answer in answers]
    texts = dict.fromkeys(text for paragraphs in told for text in paragraphs)
    return tuple(text for text in texts if 2 * sum(text in paragraphs for paragraphs in told) > len(told))


def _not_told(points: Iterable[str], answers: Iterable[AnswerPart]) -> tuple[str, ...]:
    told = {block.text for answer in answers for block in (*answer.blocks, *answer.more)}
    return tuple(point for point in points if point not in told)


def _told(answer: Mapping[str, Any], knowledge: Knowledge, *, more: bool) -> tuple[Block, ...]:
    """What an answer says: paragraphs, and as a list what follows a paragraph that ends with a colon.

    What the advice above every report holds in full is left out, and pointed at instead.
    """
    found: list[Block] = []
    lead, listing = "", ""
    for one in answer.get("paragraphs") or ():
        name, text = str(one.get("id")), clean(one.get("text"))
        if bool(one.get("more")) is not more or not text:
            continue
        if name in knowledge.statements and knowledge.statements[name].group in _STANDS_ABOVE:
            found += [Block(text=_ABOVE)] if Block(text=_ABOVE) not in found else []
            continue
        kin = _kin(name, lead, knowledge)
        if listing == _OPENS and lead:
            listing = kin
        item = bool(lead) and kin == listing
        if not item:
            lead, listing = (name, _OPENS) if text.endswith(":") else ("", "")
        found.append(Block(text=text, item=item))
    return tuple(found)


def _kin(name: str, lead: str, knowledge: Knowledge) -> str:
    """What the items of one list have in common: their topic, or their group where the lead is of that topic too."""
    topic = name.partition(".")[0]
    if topic != lead.partition(".")[0] or name not in knowledge.statements:
        return topic
    return knowledge.statements[name].group


def blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs (set apart by an empty line) and list items (lines that begin with a dash) of a text."""
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text):
        running: list[str] = []
        for line in paragraph.splitlines():
            if item := re.match(r"\s*[-*•]\s+(.*)", line):
                found.extend(Block(text=clean(" ".join(running))) for _ in running[:1])
                running = []
                found.append(Block(text=clean(item.group(1)), item=True))
            elif found and found[-1].item and line.startswith("  ") and not running:
                found[-1] = Block(text=f"{found[-1].text} {clean(line)}", item=True)
            else:
                running.append(line)
        found.extend(Block(text=clean(" ".join(running))) for _ in running[:1])
    return tuple(block for block in found if block.text)


def ranges(timeline: Mapping[str, Any]) -> tuple[Range, ...]:
    """The outcomes of a timeline with their days in words."""
    found = []
    for outcome in timeline.get("outcomes") or ():
        half, most = _span(outcome.get("half")), _span(outcome.get("most"))
        found.append(
            Range(
                name=clean(outcome.get("name")),
                criterion=clean(outcome.get("criterion")),
                half=half,
                most=most,
                middle=outcome.get("middle"),
                half_words=_span_words(half),
                most_words=_span_words(most),
                missing_words=share_words(float(outcome.get("not_within_year") or 0)),
                text=clean(outcome.get("text")),
            )
        )
    return tuple(found)


def _span(pair: Sequence[float | None] | None) -> tuple[float, float | None]:
    low, high = pair or (0, None)
    return low or 0, high


def _span_words(span: tuple[float, float | None]) -> str:
    low, high = span
    return span_words(int(low), None if high is None else int(high))


def whys(reasons: Iterable[Mapping[str, Any]], sources: _Sources | None = None) -> tuple[Why, ...]:
    """Reasons in words, each once."""
    found = {
        Why(
            kind=str(reason.get("kind")),
            text=reason_words(reason),
            source=sources.number(str(reason.get("source"))) if sources else None,
        ): None
        for reason in reasons
    }
    return tuple(found)


def reason_words(reason: Mapping[str, Any]) -> str:
    """One reason in words, without its source."""
    text, value = clean(reason.get("text")).rstrip(".:"), clean(reason.get("value"))
    if reason.get("kind") == "fact":
        if value.startswith("not known"):
            return f"Not known yet: {text}"
        start = _WHERE_FROM.get(str(reason.get("source")), "You said")
        return f"{start}: {text} – {value}" if value else f"{start}: {text}"
    if reason.get("kind") == "parameter":
        sure = certainty_words(str(reason.get("certainty") or ""))
        return f"{text}: {value} ({sure})" if sure else f"{text}: {value}"
    return text if value in _LEVELS or not value else f"{text}: {value}"


def certainty_words(certainty: str, *, answer: bool = False) -> str:
    """How sure we are of a number, or of one of the seven answers, in words; what follows the grade stays as it is."""
    grade, mark, rest = certainty.partition(";")
    known = {**_HOW_SURE, **_ANSWER_SURE} if answer else _HOW_SURE
    return known.get(grade, clean(grade.replace("_", " "))) + mark + (f" {clean(rest)}" if rest else "")


def question_texts(names: Iterable[str], knowledge: Knowledge, *, short: bool = False) -> tuple[str, ...]:
    """The questions by id, each once, in words (in a checklist's words if `short`); an id of none stays as it is."""
    found = ((name, knowledge.questions.get(name)) for name in dict.fromkeys(str(name) for name in names))
    return tuple(clean(name if one is None else (short and one.short) or one.text) for name, one in found)


def _about(report: Mapping[str, Any], knowledge: Knowledge) -> tuple[str, ...]:
    reviewed = [parameter.current.reviewed_on for parameter in knowledge.parameters.values()]
    newest = f", last reviewed on {max(reviewed).isoformat()}" if reviewed else ""
    version = clean(report.get("knowledge_version")) or "unknown"
    rules = f"Rules written by the Liftback project from the sources above: version {version}{newest}."
    return (rules, *LIMITS)


def _texts(entries: Any) -> tuple[str, ...]:
    """The texts of a list of strings or of said statements."""
    found = (entry.get("text") if isinstance(entry, Mapping) else entry for entry in entries or ())
    return tuple(text for text in map(clean, found) if text)


def clean(value: Any) -> str:
    """A value as one line of text, without signs that steer a terminal or turn the writing direction."""
    return _line("" if value is None else str(value))


@lru_cache(maxsize=_REMEMBERED)  # a plan or report says the same few hundred sentences again and again
def _line(text: str) -> str:
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())


def address(url: str) -> str:
    """A web address that may be followed, or an empty string; a bare DOI becomes its address."""
    bare = clean(url)
    if re.match(r"(?i)(doi:\s*)?10\.\d{4,}/\S+$", bare):
        return "https://doi.org/" + re.sub(r"(?i)^doi:\s*", "", bare)
    return bare if re.match(r"https?://[^\s<>\"']+$", bare) else ""
