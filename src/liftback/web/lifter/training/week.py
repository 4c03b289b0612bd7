"""The week of the plan, and how each exercise is done, with a picture that moves."""

from __future__ import annotations

from datetime import date
from typing import Any

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from liftback import operations
from liftback.records import read
from liftback.web.lifter.training import cards
from liftback.web.shared.visiting import WAITING, LifterVisit, Visit, for_lifters

PICTURE_KEPT = 7 * 24 * 60 * 60
"""Seconds that a browser may keep the picture of an exercise."""


@require_safe
@for_lifters
def week(request: LifterVisit) -> HttpResponse:
    """The whole week: days, limits, what has changed, what waits and what brings it back."""
    if WAITING in request.session:
        return redirect("lifter:waiting")  # a story told just now comes first: it may be urgent
    plan = request.visitor.page("plan")
    if plan is None:
        if read.sign_told(actor=request.person, lifter=request.lifter):
            return redirect("lifter:signs")  # before there is a story, nothing else asks about it
        return render(request, "lifter/training/first.html", {"of_week": True})
    if plan["level"] == "emergency":
        return redirect("lifter:emergency")
    if plan["held"] or "shown_as" in plan:
        return render(request, cards.instead_of(plan), {"plan": plan, "of_week": True})
    values = {"plan": plan, "days": _days(plan), "sources": plan["sources"]}
    # Drawn by our own code from numbers and cleaned names, and kept as values.
    values["picture"] = mark_safe(plan["picture"])  # noqa: S308 - SVG made by our own code
    return render(request, "lifter/training/week.html", values)


def _days(plan: Any) -> list[dict[str, Any]]:
    """The days with what is trained on each; what goes on every day stands once below (`plan.rows`)."""
    return [
        {**one, "date": date.fromisoformat(one["day"]), "trained": [t for t in one["tasks"] if t["kind"] == "lift"]}
        for one in plan["days"]
    ]


@require_safe
def exercise(request: Visit, exercise: str) -> HttpResponse:
    """How an exercise is done: what to look for, what goes wrong, when to go on, and where it comes from."""
    try:
        card = operations.exercise_card(exercise=exercise)
    except operations.UnknownNameError:
        raise Http404 from None
    sources = [{**one, "note": one["locator"]} for one in card["sources"]]
    return render(request, "lifter/training/exercise.html", {"card": card, "exercise": exercise, "sources": sources})


@require_safe
@cache_control(public=True, max_age=PICTURE_KEPT)
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE]})  # type: ignore[arg-type]  # it knows of no parts of addresses
def picture(request: HttpRequest, exercise: str) -> HttpResponse:
    """The picture of an exercise, moving, or with `still` its positions; a document of its own with its own rules."""
    try:
        drawn = operations.demonstration_picture(exercise=exercise, still="still" in request.GET)
    except operations.UnknownNameError:
        raise Http404 from None
    return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
