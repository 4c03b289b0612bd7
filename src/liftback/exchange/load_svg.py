"""Half a year of training as one small picture: the load of each week on the back, in the lifter's typical sessions.

Colours come from the page as in `liftback.exchange.timeline_svg`. A week before the log begins or after it ends is not
a week without training: it is marked as not logged, and never drawn as none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

WEEKS = 26
"""Half a year."""
# Sizes of the drawing, in the units of its view box.
_WIDTH, _LEFT, _TOP, _TALL, _FOOT, _SMALL, _GAP = 340, 22, 14, 64, 16, 10, 2.5
_INK, _MUTED, _LINE = "var(--ink, #1d2023)", "var(--muted, #555d66)", "var(--line, #d8d3c9)"
_DEEP, _PALE = "var(--range, #1f5f86)", "var(--line, #c9c4ba)"
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadWeek:
    """One week by its Monday: load in typical sessions, hard sets, and tonnes; None where it was not logged.

    `tonnes` is None as well where a unit is not known.
    """

    monday: date
    dose: float | None
    sets: int | None
    tonnes: float | None


def load_weeks(training: Mapping[str, Any] | None, *, today: date) -> tuple[LoadWeek, ...]:
    """The last half year of the training part of a report, the oldest week first; empty without a log."""
    told = {date.fromisoformat(str(one["week"])): one for one in (training or {}).get("weeks") or ()}
    if not told:
        return ()
    last = today - timedelta(days=today.weekday())
    mondays = [last - _WEEK * back for back in reversed(range(WEEKS))]
    return tuple(_week(monday, told.get(monday)) for monday in mondays)


def _week(monday: date, told: Mapping[str, Any] | None) -> LoadWeek:
    if told is None:
        return LoadWeek(monday=monday, dose=None, sets=None, tonnes=None)
    rows = told.get("patterns") or ()
    tonnage = [one["tonnage_kg"] for one in rows]
    return LoadWeek(
        monday=monday,
        dose=sum(float(one["dose"]) for one in rows),
        sets=sum(int(one["sets"]) for one in rows),
        tonnes=None if None in tonnage else sum(float(one) for one in tonnage) / _KILOGRAMS,
    )


_KILOGRAMS = 1000


def load_svg(weeks: Sequence[LoadWeek], *, began: date | None = None, name: str = "load") -> str:
    """The picture; `began` is the day the pain began, marked where it lies within. Empty where nothing is logged."""
    logged = [one.dose for one in weeks if one.dose is not None]
    if not logged:
        return ""
    most = max(*logged, 1.0)
    high = _TOP + _TALL + _FOOT
    parts = [*_axis(weeks, most), *_columns(weeks, most), *_beginning(weeks, began)]
    ids = f"{escape(name)}-picture"
    return (
        f'<svg class="picture" viewBox="0 0 {_WIDTH} {high}" role="img" aria-labelledby="{ids}-title {ids}-desc" '
        f'xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" fill="{_INK}">'
        f'<title id="{ids}-title">Load on the back, week by week</title>'
        f'<desc id="{ids}-desc">{escape(load_words(weeks))}</desc>{"".join(parts)}</svg>'
    )


def load_words(weeks: Sequence[LoadWeek]) -> str:
    """What the picture shows, in a sentence or two."""
    logged = [(one.monday, one.dose) for one in weeks if one.dose is not None]
    if not logged:
        return "No training is logged in the last half year."
    doses = [dose for _, dose in logged if dose]
    if not doses:
        return f"{len(logged)} weeks are logged, without a hard set."
    monday, last = logged[-1]
    return (
        f"{len(logged)} of the last {len(weeks)} weeks are logged. A week asked between {min(doses):.1f} and "
        f"{max(doses):.1f} typical sessions of the back; the last one logged, from {monday}, {last:.1f}."
    )


def _axis(weeks: Sequence[LoadWeek], most: float) -> Iterator[str]:
    ground = _TOP + _TALL
    yield f'<line x1="{_LEFT}" y1="{ground}" x2="{_WIDTH}" y2="{ground}" style="stroke:{_MUTED};stroke-width:1"/>'
    yield _word(_LEFT - 2, _TOP + _SMALL / 2, f"{most:.0f}", anchor="end")
    yield _word(_LEFT - 2, ground, "0", anchor="end")
    for place, one in enumerate(weeks):
        if one.monday.day <= _WEEK.days and place < len(weeks) - 1:
            yield _word(_x(place, weeks), ground + _FOOT - 2, f"{one.monday:%b}")


def _columns(weeks: Sequence[LoadWeek], most: float) -> Iterator[str]:
    wide = _step(weeks) - _GAP
    for place, one in enumerate(weeks):
        if one.dose is None:
            # A short dash on the ground: not logged.
            yield _box(_x(place, weeks), _TOP + _TALL - 2, wide, 2, _PALE)
        elif one.dose:
            tall = round(_TALL * one.dose / most, 1)
            yield _box(_x(place, weeks), _TOP + _TALL - tall, wide, tall, _DEEP)


def _beginning(weeks: Sequence[LoadWeek], began: date | None) -> Iterator[str]:
    if began is None or not weeks[0].monday <= began < weeks[-1].monday + _WEEK:
        return
    x = round(_x((began - weeks[0].monday).days / _WEEK.days, weeks), 1)
    yield (
        f'<line x1="{x}" y1="{_TOP - 2}" x2="{x}" y2="{_TOP + _TALL}" '
        f'style="stroke:{_INK};stroke-width:1.5;stroke-dasharray:3 2"/>'
    )
    right = x > _WIDTH / 2
    yield _word(x + (-2 if right else 2), _SMALL, "pain began", anchor="end" if right else "start")


def _step(weeks: Sequence[LoadWeek]) -> float:
    return (_WIDTH - _LEFT) / len(weeks)


def _x(place: float, weeks: Sequence[LoadWeek]) -> float:
    return round(_LEFT + place * _step(weeks) + 1, 1)


def _box(x: float, y: float, wide: float, tall: float, colour: str) -> str:
    return f'<rect x="{x}" y="{round(y, 1)}" width="{wide:.1f}" height="{tall}" style="fill:{colour}"/>'


def _word(x: float, y: float, text: str, anchor: str = "start") -> str:
    return (
        f'<text x="{round(x, 1)}" y="{round(y, 1)}" font-size="{_SMALL}" text-anchor="{anchor}" '
        f'style="fill:{_MUTED}">{escape(text)}</text>'
    )
