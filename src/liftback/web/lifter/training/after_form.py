"""What is asked later of what was done: the rest of that day, the next morning, and whether it has settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liftback import operations
from liftback.records import read
from liftback.records.read import Doing, Exposure
from liftback.web.lifter.training import exposure_form, telling
from liftback.web.shared.visiting import LifterVisit

MORNING, EVENING = ("pain_next_morning", "settled", "pain_after", "leg_after"), ("pain_after", "leg_after")
_AT_ONCE = ("pain_next_morning", "settled")
_NEEDED = "pain_next_morning"
"""While this is not told of a day before today, it is asked for at the top of the page of the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One form: about the exposures of one day together, since a morning belongs to all of them.

    `first` is asked at once, `more` folded behind it; `about` names the lifts where the title does not.
    """

    title: str
    about: str
    ids: tuple[str, ...]
    first: Sequence[Mapping[str, Any]]
    more: Sequence[Mapping[str, Any]]
    stamp: Mapping[str, str]


def mornings(request: LifterVisit, doing: Doing) -> list[Asking]:
    """The days for which the morning after is still open, the oldest first."""
    open_days: dict[date, list[Exposure]] = {}
    for one in doing.untold(_NEEDED):
        open_days.setdefault(one.day, []).append(one)
    return [_asking(request, day, rows, MORNING) for day, rows in sorted(open_days.items())]


def evening(request: LifterVisit, doing: Doing) -> Asking | None:
    """The rest of today, where something was done and it is not told yet; None otherwise."""
    rows = [one for one in doing.of_today if one.told.get("pain_after") in (None, "")]
    return _asking(request, doing.today, rows, EVENING) if rows else None


def _asking(request: LifterVisit, day: date, rows: Sequence[Exposure], names: tuple[str, ...]) -> Asking:
    told = {name for name in names if all(one.told.get(name) not in (None, "", []) for one in rows)}
    # What may have come into a leg since is asked again each time: a no in the gym says nothing of the night.
    asked = exposure_form.asked(tuple(name for name in names if name not in told or name == "leg_after"))
    lifts = list(dict.fromkeys(one.lift for one in rows))
    return Asking(
        title=_title(day, lifts, today=request.visitor.today),
        about=", ".join(lifts) if len(lifts) > 1 else "",
        ids=tuple(str(one.client_id) for one in rows),
        first=[one for one in asked if one["id"] in _AT_ONCE or names == EVENING],
        more=[one for one in asked if one["id"] not in _AT_ONCE and names != EVENING],
        stamp=telling.stamp(request),
    )


def _title(day: date, lifts: Sequence[str], *, today: date) -> str:
    """The question in words: "How was your back this morning, after Tuesday's Deadlift?"."""
    if day == today:
        return _("How is your back since you trained?")
    what = {"day": date_format(day, "l"), "lift": lifts[0]}
    if len(lifts) > 1:
        if (today - day).days == 1:
            return _("How was your back this morning, after %(day)s's training?") % what
        return _("How was your back the morning after %(day)s's training?") % what
    if (today - day).days == 1:
        return _("How was your back this morning, after %(day)s's %(lift)s?") % what
    return _("How was your back the morning after %(day)s's %(lift)s?") % what


def keep(request: LifterVisit) -> str:
    """Keep the answers for each exposure that the form names; a sentence where that does not work, else nothing."""
    told = exposure_form.answers(request, exposure_form.LATER)
    ids = [found for name in request.POST.getlist("of") if (found := telling.as_id(name)) is not None]
    known = [read.exposure_told(actor=request.person, lifter=request.lifter, client_id=one) for one in ids]
    if not ids or None in known:
        return _("What this is about is not among your entries. Nothing was changed; reload the page, please.")
    if not told:
        return _("Nothing was answered, so nothing was kept. Tap an answer first.")
    for one in filter(None, known):
        try:
            exposure_form.read_as(one, told, day=one["day"], today=max(one["day"], request.visitor.today))
        except operations.ExposureError as error:
            return str(error)
    for name in map(str, ids):
        telling.keep(request, "after", {"of": name, "told": told}, of=name)
    return ""
