"""The course of a back as JSON values, as text and as one HTML page: what to do first, then the trend and the rest.

Every sentence about the back comes from the knowledge; the headings are ours. While warning signs come first, only the
advice and one sentence are shown. Advice and sources are laid out by `liftback.exchange.report_outline`, so that they
read as in the report of an assessment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from liftback.exchange.course_svg import SEEN, WITH_TWEAKS, course_svg
from liftback.exchange.report_json import plain
from liftback.exchange.report_outline import AnswerPart, Outline, Range, clean, outline, ranges
from liftback.exchange.report_text import (
    Line,
    Style,
    _advice,
    _between,
    _heading,
    _items,
    _listed,
    _safety_net,
    _sources,
    _wrapped,
    plain_style,
)
from liftback.knowledge.loader import Knowledge

if TYPE_CHECKING:
    from jinja2 import Template

TITLE = "Your back: how it is going"
_TEMPLATES = files("liftback.exchange") / "templates"
_SECTIONS = (
    ("Your trend", ("felt", "course", "baseline", "jump")),
    ("How your back answers to training", ("response", "group", "log")),
    ("The next session", ("flare",)),
    ("Milestones", ("milestone",)),
    ("What moved this", ("moved",)),
)
_NEEDED, _WHY, _MILESTONES = "Still needed", "Why this is said", "Milestones"
_FIRST_SAID = ("headline", "alarm", "held")
# Columns of the terminal, and what fits in them.
_NARROWEST, _DEFAULT_WIDTH, _BAR_NARROW, _BAR, _ROOM_FOR_DOSES, _WEEKS_SHOWN = 40, 80, 18, 31, 72, 12
_HIGHEST = 10
_WEEK = timedelta(weeks=1)
# Places of 80 %, of 50 % and of the middle in a day's band.
_MOST, _HALF, _MIDDLE = (0, 4), (1, 3), 2


_NO_TREND = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWeek:
    """A week of the picture in words, from the day `week` on: all that was written, and the felt trend on its last day.

    `band` is the felt trend at 10, 25, 50, 75 and 90 %, empty without one; `doses` are in typical sessions.
    """

    week: str
    mean: str
    scores: str
    doses: tuple[str, ...]
    sessions: str
    band: tuple[float, ...]
    felt: str
    half: str
    most: str
    marks: str
    flare: bool
    tweak: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The whole report. `page` holds advice, sections, reasons and sources, as for an assessment.

    `sections` are the parts of `page.answers` in which something is said; `why` is the one that holds the reasons.
    """

    page: Outline
    held: bool
    headline: str
    alarm: str
    weeks: tuple[CourseWeek, ...]
    sections: tuple[AnswerPart, ...]
    why: AnswerPart | None
    milestones: tuple[Range, ...]
    would_tell_more: tuple[str, ...]


def follow_json(followed: Any) -> dict[str, Any]:
    """The course as `liftback follow --format json` prints it: plain values, days as ISO text, levels by name."""
    triage: Any = plain(followed.triage)
    triage["level"] = followed.triage.level.name
    triage["fired_because"] = triage["fired"]
    triage["fired"] = [one.id for one in followed.triage.fired]
    return {
        "triage": triage,
        "trajectory": plain(followed.trajectory),
        "today": followed.today.isoformat(),
        "knowledge_version": followed.knowledge_version,
    }


# --- what is shown ---------------------------------------------------------------------------------------------------


def course_of(report: Mapping[str, Any], knowledge: Knowledge) -> Course:
    """Lay out a report of `follow_json`. While `held`, whatever else it may hold of training is left out."""
    found = report.get("trajectory") or {}
    held = bool(found.get("held"))
    said = _grouped(found.get("said") or ())
    milestones = () if held else ranges({"outcomes": found.get("milestones") or ()})
    asked = () if held else tuple(found.get("undecided") or ())
    parts = () if held else _parts(found, said, {one.text for one in milestones})
    page = outline({**report, "answers": parts, "undecided": asked}, knowledge)
    return Course(
        page=replace(page, title=TITLE),
        held=held,
        headline=_text(said["held" if held else "headline"]),
        alarm="" if held else _text(said["alarm"]),
        weeks=() if held else course_weeks(found.get("days") or ()),
        sections=tuple(one for one in page.answers if one.question != _WHY),
        why=next((one for one in page.answers if one.question == _WHY and one.why), None),
        milestones=milestones,
        would_tell_more=page.would_tell_more,
    )


def _grouped(said: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """What is said, by the first word of its name; a name of no part goes to the trend."""
    known = {*_FIRST_SAID, *(word for _, words in _SECTIONS for word in words)}
    groups: dict[str, list[Mapping[str, Any]]] = {word: [] for word in known}
    for one in said:
        word = str(one.get("id")).partition(".")[2].partition("_")[0]
        groups[word if word in known else "felt"].append(one)
    return groups


def _text(said: Sequence[Mapping[str, Any]]) -> str:
    return " ".join(clean(one.get("text")) for one in said)


def _parts(
    found: Mapping[str, Any], said: Mapping[str, Sequence[Mapping[str, Any]]], in_table: set[str]
) -> tuple[dict[str, Any], ...]:
    """The sections as the outline reads its answers; what the table of milestones says is not said again."""
    told = [
        (title, [one for word in words for one in said[word] if clean(one.get("text")) not in in_table])
        for title, words in _SECTIONS
    ]
    told.append((_NEEDED, list(found.get("still_needed") or ())))
    told.append((_WHY, []))
    wanted = {_WHY, *([_MILESTONES] if in_table else []), *([_NEEDED] if found.get("undecided") else [])}
    return tuple(
        {
            "number": 0,
            "question": title,
            "paragraphs": one,
            "sources": list(dict.fromkeys(name for part in one for name in part.get("sources") or ())),
            "because": (found.get("because") or ()) if title == _WHY else (),
        }
        for title, one in told
        if one or title in wanted
    )


def course_weeks(days: Sequence[Mapping[str, Any]]) -> tuple[CourseWeek, ...]:
    """The days of a report by weeks that end today, oldest first: the same weeks that the reasons name."""
    dated = [(date.fromisoformat(str(one["day"])), one) for one in days]
    weeks: dict[date, list[tuple[date, Mapping[str, Any]]]] = {}
    for day, one in dated:
        back = (dated[-1][0] - day) // _WEEK
        weeks.setdefault(dated[-1][0] - _WEEK * (back + 1) + timedelta(days=1), []).append((day, one))
    return tuple(_week(begins, listed) for begins, listed in sorted(weeks.items()))


def _week(begins: date, days: Sequence[tuple[date, Mapping[str, Any]]]) -> CourseWeek:
    scores = [(day, float(one["pain"])) for day, one in days if one.get("pain") is not None]
    doses = [(day, float(one["dose"])) for day, one in days if (one.get("dose") or 0) >= SEEN]
    flares = [f"{day:%a}" for day, one in days if one.get("flare")]
    tweaks = [f"{day:%a}" for day, one in days if one.get("event")]
    band = tuple(min(max(float(part), 0.0), float(_HIGHEST)) for part in days[-1][1]["band"] or ())
    named = (("tweak", tweaks), ("flare", flares))
    return CourseWeek(
        week=begins.isoformat(),
        mean=f"{sum(score for _, score in scores) / len(scores):.1f}" if scores else "none",
        scores=", ".join(f"{day:%a} {score:g}" for day, score in scores) or "none",
        doses=tuple(f"{dose:.1f}" for _, dose in doses),
        sessions=", ".join(f"{day:%a} {dose:.1f}" for day, dose in doses) or "none",
        band=band,
        felt=f"{band[_MIDDLE]:.1f}" if band else _NO_TREND,
        half=_span(band, _HALF) if band else _NO_TREND,
        most=_span(band, _MOST) if band else _NO_TREND,
        marks="; ".join(f"{name} {', '.join(when)}" for name, when in named if when),
        flare=bool(flares),
        tweak=bool(tweaks),
    )


def _span(band: Sequence[float], ends: tuple[int, int]) -> str:
    low, high = ends
    return f"{band[low]:.1f} to {band[high]:.1f}"


# --- text ------------------------------------------------------------------------------------------------------------


def follow_text(
    report: Mapping[str, Any],
    knowledge: Knowledge,
    *,
    width: int = _DEFAULT_WIDTH,
    style: Style = plain_style,
    full: bool = False,
) -> str:
    """The course as text of at most `width` columns, web addresses apart; if `full`, with what can wait.

    `style` may colour a line by its role, as in `liftback.exchange.report_text`.
    """
    course, wide = course_of(report, knowledge), max(width, _NARROWEST)
    page = course.page
    # Somebody who asks each week how it goes need not read each week why.
    advice = page.advice if course.held or full else replace(page.advice, why=())
    lines = [*_advice(advice, wide), *_between(page, wide)]
    if course.held:
        lines += [*_safety_net(page.advice, wide), *_heading(TITLE, wide), *_wrapped(course.headline, wide)]
    else:
        lines += [*_going(course, wide, full=full), *_safety_net(page.advice, wide)]
        lines += _reasons(course, wide) if full else ()
    lines += [*_sources(page, wide, full=full), *_about(course, wide, full=full)]
    return "\n".join(style(text, role) if text else "" for text, role in lines) + "\n"


def _going(course: Course, width: int, *, full: bool) -> Iterator[Line]:
    yield from _heading(TITLE, width)
    yield from _wrapped(course.headline, width, role="headline")
    if course.alarm:
        yield "", ""
        yield from _wrapped(course.alarm, width, "! ", role="headline")
    yield from _picture(course.weeks if full else course.weeks[-_WEEKS_SHOWN:], width)
    for section in course.sections:
        yield from _section(section, course, width, full=full)


def _section(section: AnswerPart, course: Course, width: int, *, full: bool) -> Iterator[Line]:
    told = (*section.blocks, *(section.more if full else ()))
    milestones = course.milestones if section.question == _MILESTONES else ()
    asked = course.would_tell_more if section.question == _NEEDED else ()
    if not (told or milestones or asked):
        return
    yield from _heading(section.question, width)
    for number, block in enumerate(told):
        if number:
            yield "", ""
        yield from _wrapped(block.text, width, "  - " if block.item else "")
    for one in milestones:
        yield "", ""
        yield from _wrapped(one.name, width, role="headline")
        yield from _wrapped(f"There means: {one.criterion}", width, "  ", role="quiet")
        yield from _wrapped(f"Half of the time: {one.half_words}", width, "  ")
        yield from _wrapped(f"Eight times in ten: {one.most_words}", width, "  ")
        yield from _wrapped(f"Not within a year: {one.missing_words}", width, "  ")
    if asked:
        yield from _listed("Answering this would tell more", asked, width)


def _picture(weeks: Sequence[CourseWeek], width: int) -> Iterator[Line]:
    """One line a week, drawn with plain signs."""
    if not weeks:
        return
    bar, doses = (_BAR, True) if width >= _ROOM_FOR_DOSES else (_BAR_NARROW, False)
    name, trained = "Felt trend" if doses else "Trend", any(week.doses for week in weeks)
    yield "", ""
    head = f"From     {name} {'0'.ljust(bar - 2)}{_HIGHEST}"
    yield head + ("    Sessions" if trained and doses else ""), "quiet"
    for week in weeks:
        day = date.fromisoformat(week.week)
        sessions = (" ".join(week.doses) if doses else str(len(week.doses) or "")) if trained else ""
        marks = "".join(sign for sign, there in (("x", week.tweak), ("^", week.flare)) if there)
        line = f"{day.day:2} {day:%b}   {week.felt:>{len(name)}} {_bar(week.band, bar)} {marks:2} {sessions}"
        yield line.rstrip()[:width], "text"
    yield "", ""
    told = any(week.band for week in weeks)
    drawn = f"At each week's end: | the felt trend{WITH_TWEAKS}, = half of the time, - eight times in ten."
    drawn = drawn if told else "There are too few scores for a trend."
    counted = (" Sessions: 1.0 is a typical one." if doses else " At the end: how many sessions.") if trained else ""
    yield from _wrapped(f"{drawn} x is a tweak, ^ a flare.{counted}", width, role="quiet")


def _bar(band: Sequence[float], width: int) -> str:
    cells = ["."] * width
    if not band:
        return "".join(cells)
    for (low, high), sign in ((_MOST, "-"), (_HALF, "=")):
        first, last = (round(band[place] / _HIGHEST * (width - 1)) for place in (low, high))
        cells[first : last + 1] = sign * (last + 1 - first)
    cells[round(band[_MIDDLE] / _HIGHEST * (width - 1))] = "|"
    return "".join(cells)


def _reasons(course: Course, width: int) -> Iterator[Line]:
    if course.why is None:
        return
    yield from _heading(_WHY, width)
    yield from _items(
        (f"{why.text} [{why.source}]" if why.source else why.text for why in course.why.why), width, indent=""
    )


def _about(course: Course, width: int, *, full: bool) -> Iterator[Line]:
    yield "", ""
    for line in course.page.about:
        yield from _wrapped(line, width, role="quiet")
    if not (full or course.held):
        yield from _wrapped("More, the reasons and all sources: liftback follow STORY --full.", width, role="quiet")


# --- page ------------------------------------------------------------------------------------------------------------


def follow_html(report: Mapping[str, Any], knowledge: Knowledge) -> str:
    """The course as one self-contained page: no script, nothing loaded, everything a lifter wrote escaped."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja2, which only this output needs

    course = course_of(report, knowledge)
    days = (report.get("trajectory") or {}).get("days") or ()
    return _template().render(
        page=course.page,
        course=course,
        css=Markup(_read("assessment.css") + _read("follow.css")),  # noqa: S704 - our own files
        picture=Markup(course_svg(days)),  # noqa: S704 - escapes every word
    )


@cache
def _template() -> Template:
    """The page, with the advice taken from the page of an assessment, so that no two pages can tell it apart."""
    from jinja2 import DictLoader, Environment, StrictUndefined  # noqa: PLC0415 - costs as much as a whole assessment

    macros, _, body = _read("assessment.html.j2").partition("<!doctype html>")
    shown = body.partition('<div class="first')
    advice, _, rest = (shown[1] + shown[2]).partition("{% if page.advice.watch_for")
    safety = "{% if page.advice.watch_for" + rest.partition("{% if page.answers %}")[0]
    named = {"first": macros + advice, "safety": macros + safety, "page": macros + _read("follow.html.j2")}
    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, loader=DictLoader(named)
    )
    return environment.get_template("page")


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
