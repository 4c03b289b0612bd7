"""A plan for the terminal: what to do today first, then the week in a line a lift, then how to judge it.

Plain signs only, as in `liftback.exchange.report_text`. What can wait is told in the full text: every day in full, how
each exercise is done, where each lift stands, the reasons, and the sources of it all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from liftback.exchange.plan_outline import plan_page
from liftback.exchange.plan_page import Calm, Card, Change, Day, Extra, PlanPage, Shared, Stop, Task, Told
from liftback.exchange.plan_svg import SEEN
from liftback.exchange.plan_words import listed
from liftback.exchange.report_text import (
    _DEFAULT_WIDTH,
    _MARKS,
    _NARROWEST,
    Line,
    Style,
    _heading,
    _items,
    _listed,
    _wrapped,
    plain_style,
)
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.parts import Plan

_SWAPPED = "swapped"
# Columns of the terminal, and lines of the short text.
_BAR, _BAR_NARROW, _ROOM, _DAY, _LETTERS, _CHANGES_SHOWN = 24, 12, 60, 20, 3, 4
_CITED = re.compile(r"\[(\d+)\]")


def plan_text(
    plan: Plan,
    plans: PlanKnowledge,
    *,
    width: int = _DEFAULT_WIDTH,
    full: bool = False,
    style: Style = plain_style,
) -> str:
    """The plan as text of at most `width` columns, web addresses apart; if `full`, with what can wait.

    `style` may colour a line by its role, as in `liftback.exchange.report_text`.
    """
    page, wide = plan_page(plan, plans), max(width, _NARROWEST)
    lines = [*_stopped(page, page.stop, wide)] if page.stop else [*_week_of(page, wide, full=full)]
    lines += [*_sources(page, lines, wide, full=full), *_about(page, wide, full=full)]
    return "\n".join(style(text, role) if text else "" for text, role in lines) + "\n"


# --- held ------------------------------------------------------------------------------------------------------------


def _stopped(page: PlanPage, stop: Stop, width: int) -> Iterator[Line]:
    role = f"level:{page.level}"
    yield "=" * width, role
    yield from _wrapped(" ".join(filter(None, (_MARKS.get(page.level, ""), stop.name))), width, role=role)
    yield "=" * width, role
    for one in stop.said:
        yield from _wrapped(one.line, width)
    if stop.on:
        yield from _wrapped(f"The plan stopped on {stop.on}.", width, role="quiet")
    signs = ("Go through these warning signs now", stop.signs)
    do = ("Do this", stop.do)
    # Whoever has to leave at once reads that first; everybody else is asked first.
    for title, entries in (do, signs) if stop.do and page.level == "emergency" else (signs, do):
        yield from _listed(title, entries, width)
    yield from _listed("Answer this, and the plan follows", stop.questions, width)
    yield from _listed("Say this at the door or on the phone", [f'"{line}"' for line in stop.say], width)
    yield from _listed("The signs it is about", stop.about, width)
    whom = ("Whom to see", (page.net.where, page.net.when))
    watch = ("Watch for", page.net.watch_for)
    # The milder advice names whom to see for each sign on its list, so there the list comes first.
    for title, entries in (whom, ("Do not", stop.do_not), watch) if stop.urgent else (watch, whom):
        yield from _listed(title, entries, width)


# --- open ------------------------------------------------------------------------------------------------------------


def _week_of(page: PlanPage, width: int, *, full: bool) -> Iterator[Line]:
    yield from _top(page, width)
    for extra in (one for one in page.extras if one.first):
        yield from _extra(extra, width, full=full)
    if page.focus:
        yield from _in_focus(page, page.focus, width, full=full)
    yield from _week(page, width, full=full)
    for day in page.days if full else ():
        if day.tasks and not (page.focus and page.focus.day == day.day):
            yield from _heading(day.name, width)
            yield from _tasks(day, width, full=True)
    yield from _waiting(page, width, full=full)
    yield from _said("How to judge it", page.rules, width, full=full)
    if page.calm or page.latest:
        yield from _heading("What changed since last week", width)
        yield from _calm(page.calm, width)
        yield from _changes(page.latest, width, most=None if full else _CHANGES_SHOWN)
    if page.earlier and full:
        yield from _heading("Before that", width)
        yield from _changes(page.earlier, width, most=None)
    for extra in (one for one in page.extras if not one.first):
        yield from _extra(extra, width, full=full)
    yield from _said("What we noticed", page.notes, width, full=full)
    if page.would_tell_more:
        yield from _heading("What would tell more", width)
        yield from _items(page.would_tell_more, width)
    yield from _in_full(page, width) if full else ()
    yield from _net(page, width)


def _top(page: PlanPage, width: int) -> Iterator[Line]:
    yield "=" * width, "heading"
    yield from _wrapped(page.title, width, role="heading")
    yield "=" * width, "heading"
    yield from _wrapped(" ".join(one.line for one in page.headline), width, role="headline")
    yield from _wrapped(f"{page.week}. {page.net.level_name}.", width, role="quiet")
    yield from _wrapped(" ".join(f"{label}: {value}." for label, value in page.limits), width)


def _in_focus(page: PlanPage, day: Day, width: int, *, full: bool) -> Iterator[Line]:
    if page.aside:
        yield from _heading(f"Today, {page.aside.name}", width)
        for task in page.aside.tasks:
            yield from _wrapped(f"{task.sign} {task.name}: {task.dose}", width, rest="    ")
    yield from _heading(f"{page.focus_name}, {day.name}", width)
    for told in page.less:
        yield from _wrapped(told.line, width)
    yield from _tasks(day, width, full=full)
    yield from _shared("Why", page.reasons, width)
    # What each goes up to differs from one to the next; what is true of all of a kind is enough for today.
    yield from _shared("What would move it up", [one for one in page.up if full or one.whole], width)
    yield from _shared("What would move it down", page.down, width)


def _tasks(day: Day, width: int, *, full: bool) -> Iterator[Line]:
    """A line for each task where it fits; the reasons of each are in the full text only."""
    for task in day.tasks:
        title, dose = _title(task), task.dose + (f" ({task.details})" if task.details else "")
        if len(f"{title}, {dose}") <= width and not full:
            yield f"{title}, {dose}", "headline"
            continue
        yield from _wrapped(title, width, rest="    ", role="headline")
        yield from _wrapped(dose, width, "    ")
        for one in task.why if full else ():
            yield from _wrapped(f"Why: {one.line}", width, "    ", role="quiet")
    parked = [task.lift for task in day.parked]
    if parked:
        yield from _wrapped(f"x {', '.join(parked)}: parked", width, rest="    ", role="headline")


def _title(task: Task) -> str:
    if not task.stands_in:
        return f"{task.sign} {task.name}: {task.decision}"
    if task.decision == _SWAPPED:
        return f"{task.sign} {task.name}: {task.decision} in for {task.lift}"
    return f"{task.sign} {task.lift}: {task.decision}, as {task.name}"


def _shared(title: str, shared: Sequence[Shared], width: int) -> Iterator[Line]:
    """What is said of several tasks, once."""
    if shared:
        yield "", ""
        yield from _wrapped(title, width, role="headline")
    for one in shared:
        told = " ".join(sentence.line for sentence in one.told)
        yield from _wrapped(f"{one.names}: {told}" if one.names else told, width, "  - ")


def _week(page: PlanPage, width: int, *, full: bool) -> Iterator[Line]:
    yield from _heading("The week", width)
    largest = max((page.cap or 0, *(day.back for day in page.days)), default=0)
    if largest >= SEEN:
        cap = "" if page.cap is None else f"; | is the most for a day, {page.cap:.1f}"
        key = f"The bars are the load on your back: 1.0 is a typical session of yours{cap}."
        yield from _wrapped(key, width, role="quiet")
    shown: dict[str, str] = {}
    for day in page.days:
        if not day.lifts:
            continue
        mark = " (today)" if day.is_today else ""
        bar = _bar(day.back, page.cap, largest, width) if largest >= SEEN else ""
        yield f"{day.name + mark:<{_DAY}}{bar}".rstrip(), "headline"
        above = page.focus is not None and page.focus.day == day.day and not full
        if above:
            yield from _wrapped("as above", width, "  ", role="quiet")
        for task in day.lifts:
            words = _in_week(task, shown if task.dose and not full else {})
            shown.setdefault(f"{task.lift} {task.name} {task.dose}", "above" if above else f"on {day.name[:_LETTERS]}")
            yield from () if above else _wrapped(words, width, "  ", rest="      ")
    resting = [day.name for day in page.days if not day.lifts]
    if resting:
        yield from _wrapped(f"No lifting: {', '.join(resting)}.", width, role="quiet")
    yield from _rows(page, width, () if full or not page.focus else page.focus.tasks)


def _in_week(task: Task, shown: Mapping[str, str]) -> str:
    """A lift in a line; where the same was shown before, it says when instead of how much."""
    if not task.dose:
        return f"{task.sign} {task.lift}: {task.decision}"
    stands = f" {'for' if task.decision == _SWAPPED else 'as'} {task.name}" if task.stands_in else ""
    before = shown.get(f"{task.lift} {task.name} {task.dose}")
    return f"{task.sign} {task.lift or task.name}: {task.decision}{stands}, {f'as {before}' if before else task.dose}"


def _bar(back: float, cap: float | None, largest: float, width: int) -> str:
    wide = _BAR if width >= _ROOM else _BAR_NARROW
    filled = round(back / largest * (wide - 1))
    cells = list("#" * filled + "." * (wide - filled))
    if cap is not None:
        cells[round(cap / largest * (wide - 1))] = "|"
    return f"{''.join(cells)} {back:.1f}"


def _rows(page: PlanPage, width: int, above: Sequence[Task]) -> Iterator[Line]:
    """What is beside the lifts; work that is `above` with the same dose is not written out again."""
    if page.rows:
        yield "", ""
    known = {(task.name, task.dose) for task in above}
    for row in page.rows:
        title = f"{row.heading} ({row.days})"
        if all((task.name, task.dose) in known for task in row.tasks):
            yield from _wrapped(f"{title}: {listed(task.name for task in row.tasks)}; as above", width, rest="    ")
            continue
        yield from _wrapped(title, width)
        for task in row.tasks:
            yield from _wrapped(f"{task.sign} {task.name}, {task.dose}", width, "  ", rest="      ")


def _waiting(page: PlanPage, width: int, *, full: bool) -> Iterator[Line]:
    """Parked lifts; what they share is said once, and in a short text the rest only where one lift waits."""
    if page.waiting:
        yield from _heading("Parked for now, nothing lost", width)
    for one in page.waiting:
        parts = [f"stands at {one.stands_at}" if one.stands_at else "", f"instead {one.instead}" if one.instead else ""]
        said = "; ".join(filter(None, parts))
        yield from _wrapped(f"x {one.name}: {said or 'parked'}", width, rest="    ", role="headline")
        if full or len(page.waiting) == 1:
            for told in one.why if full else one.why[:1]:
                yield from _wrapped(f"Why: {told.line}", width, "    ", role="quiet")
            for told in one.back_when:
                yield from _wrapped(told.line, width, "    ")
    for shared in page.waiting_all:
        words = " ".join(told.line for told in shared.told)
        yield from _wrapped(f"{shared.names}: {words}" if shared.names else words, width, "  - ")


def _said(title: str, told: Iterable[Told], width: int, *, full: bool = True) -> Iterator[Line]:
    shown = [one.line for one in told if full or not one.more]
    if shown:
        yield from _heading(title, width)
        yield from _items(shown, width)


def _calm(calm: Sequence[Calm], width: int) -> Iterator[Line]:
    for one in calm:
        yield from _wrapped(f"{one.sign} {one.light}, {one.action}: {one.lifts}", width, rest="    ", role="headline")


def _changes(changes: Sequence[Change], width: int, *, most: int | None) -> Iterator[Line]:
    for one in changes[:most]:
        states = f" ({one.states})" if one.states else ""
        words = f"{one.sign} {one.day}, {one.lift}: {one.light}, {one.action}{states}"
        yield from _wrapped(words, width, rest="    ", role="headline")
        for told in one.why:
            yield from _wrapped(told.line, width, "    ", role="quiet")
    if most is not None and len(changes) > most:
        yield from _wrapped(f"and {len(changes) - most} more, with --full", width, role="quiet")


def _extra(extra: Extra, width: int, *, full: bool) -> Iterator[Line]:
    blocks = [one for one in extra.blocks if full or not one.more]
    if blocks:
        rest = " (the rest: --full)" if len(blocks) < len(extra.blocks) else ""
        yield from _heading(f"{extra.title}{rest}", width)
    for block in blocks:
        lines = [one.line for one in block.lines if full or not one.more]
        if block.heading and lines:
            yield from _wrapped(block.title.line, width, role="headline")
        if block.listed:
            yield from _items(lines, width)
        else:
            for line in lines:
                yield from _wrapped(line, width)


# --- what can wait ---------------------------------------------------------------------------------------------------


def _in_full(page: PlanPage, width: int) -> Iterator[Line]:
    if page.places:
        yield from _heading("Where each lift stands", width)
    for place in page.places:
        words = f"{place.sign} {place.lift}: {place.decision}, {place.state}; {place.rung}; usually {place.usual}"
        yield from _wrapped(words, width, rest="    ")
    if page.cards:
        yield from _heading("How each exercise is done", width)
    for card in page.cards:
        yield from _card(card, width)
    if page.why:
        yield from _heading("Why this is said", width)
        yield from _items((f"{one.text} [{one.source}]" if one.source else one.text for one in page.why), width, "")


def _card(card: Card, width: int) -> Iterator[Line]:
    yield from _wrapped(card.name, width, role="headline")
    for dose in card.doses:
        yield from _wrapped(dose, width, "  ")
    yield from _items(card.cues, width)
    for title, text in (
        ("Common faults", "; ".join(card.faults)),
        ("Begin it when", card.entry),
        ("Move on when", card.leave),
        ("Note", card.note),
    ):
        if text:
            yield from _wrapped(f"{title}: {text}", width, "  ")


def _net(page: PlanPage, width: int) -> Iterator[Line]:
    yield from _heading("Your safety net", width)
    yield from _items(page.net.watch_for, width)
    yield from _wrapped(f"When: {page.net.when}", width)
    yield from _wrapped(f"Where: {page.net.where}", width)


def _sources(page: PlanPage, said: Iterable[Line], width: int, *, full: bool) -> Iterator[Line]:
    """All sources in the full text; in a short one those that it cites."""
    cited = {number for line, _ in said for number in _CITED.findall(line)}
    listed = [one for one in page.sources if full or str(one.number) in cited]
    if listed:
        yield from _heading("Sources", width)
    for one in listed:
        yield from _wrapped(one.line if full else f"{one.title} ({one.year})", width, f"[{one.number}] ")
        if full and one.url:
            yield f"    {one.url}", "quiet"


def _about(page: PlanPage, width: int, *, full: bool) -> Iterator[Line]:
    yield "", ""
    for line in page.about:
        yield from _wrapped(line, width, role="quiet")
    if not (full or page.stop):
        yield from _wrapped(
            "Every day in full, how to do each exercise, what to do in a flare, all sources: --full.",
            width,
            role="quiet",
        )
