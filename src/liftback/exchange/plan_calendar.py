"""A plan as a calendar file, for the calendar that a lifter already looks at.

A calendar may be shared, so what others see says nothing of a back: titles are plain, the rest is in the description
of an event marked private. The same plan gives the same file, and a later week's file updates the events it repeats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from liftback.exchange.plan_words import dose_details, dose_words
from liftback.exchange.report_outline import clean

if TYPE_CHECKING:
    from liftback.plans.parts import Item, Plan

TRAINING = "Training (Liftback plan)"
DAILY = "Daily work (Liftback plan)"
MORNING = "Morning note (Liftback plan)"
HELD = "Be seen first: see your plan"
_NAME = "Liftback plan"
_MAKER = "-//Liftback//Liftback plan//EN"
_SESSION = ("lift", "keeper", "conditioning")
_WHY = "Why each is as it is, and what would change it: your plan says it."
_NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One all-day event. `kind` is its place on its day: with the day and the plan's begin it makes its name."""

    day: date
    kind: str
    title: str
    lines: tuple[str, ...]


def plan_calendar(plan: Plan) -> str:
    """The plan as an iCalendar file: training days, daily work, and the morning after; a held plan has one event."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - it takes longer to load than the rest of Liftback

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _NAME)
    for entry in entries_of(plan):
        event = Event()
        event.add("uid", f"liftback-{plan.begun:%Y%m%d}-{entry.day:%Y%m%d}-{entry.kind}")
        event.add("dtstamp", datetime(plan.today.year, plan.today.month, plan.today.day, tzinfo=UTC))
        event.add("sequence", plan.week)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + _NEXT_DAY)
        event.add("summary", entry.title)
        event.add("description", "\n".join(entry.lines))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def entries_of(plan: Plan) -> Iterator[Entry]:
    """The events of a plan, in the order of days."""
    if plan.held:
        told = [clean(said.text) for said in plan.stop]
        gone = "Training events of an earlier file no longer hold; please take them out."
        yield Entry(day=plan.today, kind="seen", title=HELD, lines=(*told, gone))
        return
    for day in plan.days:
        session = [item for item in day.items if item.kind in _SESSION]
        daily = [item for item in day.items if item.kind not in _SESSION]
        lifts = dict.fromkeys(clean(item.lift or item.name) for item in session if item.kind == "lift")
        if session:
            yield Entry(day=day.day, kind="training", title=TRAINING, lines=(*_lines(session), _WHY))
        if daily:
            yield Entry(day=day.day, kind="daily", title=DAILY, lines=tuple(_lines(daily)))
        if lifts:
            yield Entry(day=day.day + _NEXT_DAY, kind="morning", title=MORNING, lines=_morning(list(lifts)))


def _lines(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        name, lift = clean(item.name), clean(item.lift)
        stands_for = f" (for {lift})" if lift and lift.casefold() != name.casefold() else ""
        dose = "; ".join(part for part in (dose_words(item), dose_details(item)) if part)
        yield f"- {name}{stands_for}" + (f": {dose}" if dose else "")


def _morning(lifts: list[str]) -> tuple[str, ...]:
    return (
        f"Yesterday: {', '.join(lifts)}.",
        "Write down the pain of your first hour, 0 to 10: the next week is planned from it.",
    )
