"""The course: where it stands, the picture and the same as a table, milestones, and what moved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liftback import operations
from liftback.records import read
from liftback.records.working_out import RECENT as SPAN
from liftback.web.shared.visiting import LifterVisit, for_lifters

_MOST, _HALF, _MIDDLE = (0, 4), (1, 3), 2
"""Places in a band of where it lies eight times in ten, half of the time, and of its middle."""


@require_safe
@for_lifters
def course(request: LifterVisit) -> HttpResponse:
    """The page. What is known at once is shown at once; the rest follows when it is worked out."""
    who: dict[str, Any] = {"actor": request.person, "lifter": request.lifter, "now": request.visitor.now}
    ready, values = read.course_if_ready(**who)
    felt = read.felt_now(**who)
    if not ready and felt is not None and "now" not in request.GET:
        return render(request, "lifter/course/course.html", {"waiting": True, "felt": felt, "span": _span(request)})
    if not ready:
        values = request.visitor.page("course")
    told = {"course": values, "felt": felt, "span": _span(request)}
    if values is None:
        told["story"] = request.visitor.page("answers")
    elif not values["held"]:
        told.update(_shown(values, everything=_span(request) == "all", felt=felt))
    return render(request, "lifter/course/course.html", told)


def _span(request: LifterVisit) -> str:
    return "all" if request.GET.get("span") == "all" else "recent"


def _shown(values: Mapping[str, Any], *, everything: bool, felt: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the template shows besides the values themselves."""
    days = values["days"] if everything else values["days"][-SPAN:]
    smallest = values["smallest_change"]["value"]
    picture = operations.course_picture(days=days, smallest=smallest) if everything else values["recent"]
    weeks = values["weeks"] if everything else values["weeks"][-(SPAN // 7) :]
    return {
        "picture": drawn(picture["svg"]),
        "picture_words": picture["words"],
        "chart": chart(days),
        "chart_words": {
            "pain": _("Pain, 0 to 10"),
            "felt": _("Felt trend"),
            "most": _("Eight times in ten"),
            "dose": _("Training, 1 = your typical session"),
            "flare": _("Flare"),
            "event": _("Tweak"),
            "day": _("Day"),
            "none": _("not told"),
            "label": _("The same picture, to point at: a day shows its numbers."),
        },
        "weeks": [{**one, "week": date.fromisoformat(one["week"])} for one in reversed(weeks)],
        "longer": len(values["days"]) > SPAN,
        "felt": felt or _felt_of(values["days"]),
        "why": _tree(values),
    }


def chart(days: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The days as columns for the picture that is drawn in the browser; what was not told is null."""
    bands = [one["band"] or (None,) * 5 for one in days]
    return {
        **{name: [one[name] for one in days] for name in ("day", "pain", "dose", "event", "flare")},
        "low": [band[_MOST[0]] for band in bands],
        "high": [band[_MOST[1]] for band in bands],
        "felt": [band[_MIDDLE] for band in bands],
    }


def _felt_of(days: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The felt trend of the last day of the picture; None where there are too few scores for one."""
    band = days[-1]["band"] if days else None
    if band is None:
        return None
    return {"middle": band[_MIDDLE], "half": [band[place] for place in _HALF], "most": [band[place] for place in _MOST]}


def _tree(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The reasons as a tree with one level."""
    if not values["why"]:
        return None
    below = [{"text": one["text"], "below": []} for one in values["why"]["why"]]
    return {"text": values["headline"], "below": below}


def drawn(svg: str) -> SafeString:
    """A drawing of the engine for a page."""
    return mark_safe(svg)  # noqa: S308 - SVG made by our own code, which escapes every word in it
