"""Free times as a page shows them: by day on the visitor's clock, with the clinic's beside it where it differs."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from liftback.records.call_times import Said, said, zone_words
from liftback.records.days import zones
from liftback.records.models import Booking, Clinic
from liftback.records.scheduling.slots import Start
from liftback.records.scheduling.zones import names
from liftback.web.shared.visiting import Visit

_OPEN_DAYS = 3
"""Days whose times are seen at once; the others are folded."""
_NEAR = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu",
)  # fmt: skip
"""The zones that most visitors of a clinic in the United States are in: they come first in the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One free time: what is sent, what the visitor's clock shows, and the clinic's where that is another."""

    value: str
    clock: str
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The free times of a day on the visitor's calendar; `key` names it on the page."""

    key: str
    title: str
    times: list[Time]
    open: bool


def zone_here(request: Visit, clinic: Clinic, wanted: str = "") -> str:
    """The zone that times are shown in: chosen here, else the lifter's or the browser's, else the clinic's."""
    if wanted in zones():
        return wanted
    if request.visitor.lifter is not None:
        return request.visitor.lifter.zone
    told = request.COOKIES.get("zone", "")
    return told if told in zones() else clinic.zone


def zone_choices(*own: str) -> list[tuple[str, str]]:
    """Every zone that can be chosen, the likely ones first."""
    first = list(dict.fromkeys((*own, *_NEAR)))
    rest = sorted(names() - set(first))
    return [(name, name.replace("_", " ")) for name in (*first, *rest)]


def days(starts: Sequence[Start], *, zone: str, clinic: Clinic) -> list[Day]:
    """Free times by day."""
    found: dict[str, list[tuple[Start, Said]]] = {}
    for one in starts:
        words = said(one.starts_at, zone)
        found.setdefault(words.day, []).append((one, words))
    return [
        Day(key=f"day-{place}", title=title, times=_times(rows, clinic), open=place < _OPEN_DAYS)
        for place, (title, rows) in enumerate(found.items())
    ]


def _times(rows: Sequence[tuple[Start, Said]], clinic: Clinic) -> list[Time]:
    shown = Counter(words.clock for _start, words in rows)
    made = []
    for start, words in rows:
        ours = said(start.starts_at, clinic.zone)
        # A clock that is put back shows an hour twice: then the zone says which of the two it is.
        clock = words.clock if shown[words.clock] == 1 else f"{words.clock}, {words.zone}"
        differs = (ours.day, ours.clock) != (words.day, words.clock)
        other_day = f"{ours.day}, " if ours.day != words.day else ""
        there = _("%(time)s at the clinic") % {"time": f"{other_day}{ours.clock}"} if differs else ""
        made.append(Time(value=start.starts_at.isoformat(), clock=clock, ours=there))
    return made


def when(booking: Booking) -> dict[str, str]:
    """When a call is, on the visitor's clock, and on the clinic's where that shows another time."""
    theirs, ours = said(booking.starts_at, booking.zone), said(booking.starts_at, booking.clinic_zone)
    same = (theirs.day, theirs.clock) == (ours.day, ours.clock)
    return {"theirs": theirs.whole, "day": theirs.day, "clock": theirs.clock, "ours": "" if same else ours.whole}


def zone_said(zone: str, now: datetime) -> str:
    """The words for a zone now."""
    return zone_words(zone, now)


def sent_instant(text: str) -> datetime | None:
    """An instant as a form sends it back; None for anything else."""
    try:
        told = datetime.fromisoformat(text)
        return told.astimezone(UTC) if told.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def sent_id(text: str) -> uuid.UUID:
    """The id of a form; a new one where the form has none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def states(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choices for where somebody is now."""
    from liftback.records.call_details import OUTSIDE, UNSURE  # noqa: PLC0415 - of this list alone

    return [
        ("", _("Choose")),
        *rows,
        (OUTSIDE, _("Outside the United States")),
        (UNSURE, _("I am not sure")),
    ]
