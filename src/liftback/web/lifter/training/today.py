"""The page of the day: what to do now, between two sets, at arm's length. A plan that is held shows no training."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liftback.records import read
from liftback.records.read.clinic.threads import unread_of
from liftback.web.lifter.training import after_form, cards
from liftback.web.shared.visiting import WAITING, LifterVisit, for_lifters

SIGNS_EVERY = timedelta(days=7)


@require_safe
@for_lifters
def today(request: LifterVisit) -> HttpResponse:
    """What there is to do today; first what to tell, where nothing was told yet."""
    if WAITING in request.session:
        return redirect("lifter:waiting")  # a story told just now comes first: it may be urgent
    plan = request.visitor.page("plan")
    if plan is None:
        if read.sign_told(actor=request.person, lifter=request.lifter):
            return redirect("lifter:signs")  # before there is a story, nothing else asks about it
        return render(request, "lifter/training/first.html", {"unread": unread_of(request.lifter)})
    if plan["level"] == "emergency":
        return redirect("lifter:emergency")
    doing = read.doing(actor=request.person, lifter=request.lifter, today=request.visitor.today)
    asking: dict[str, Any] = {"unread": unread_of(request.lifter)}
    asking |= {"mornings": after_form.mornings(request, doing)[:1], "evening": after_form.evening(request, doing)}
    if plan["held"] or "shown_as" in plan:
        return render(request, cards.instead_of(plan), {"plan": plan, **asking})
    return render(request, "lifter/training/today.html", {"plan": plan, **asking, **_shown(request, plan, doing)})


def _shown(request: LifterVisit, plan: Any, doing: read.Doing) -> dict[str, Any]:
    """Today's cards, and the next training day where today is none."""
    today, unit = request.visitor.today, request.lifter.unit
    day = cards.day_of(plan, today)
    ahead = None if cards.trains(day) else cards.next_training(plan, today)
    return {
        "day": day,
        "day_words": f"{date_format(today, 'l j F')} · " + _("week %(number)s") % {"number": plan["number"]},
        "cards": cards.cards(plan, day, doing=doing, unit=unit),
        "trains": cards.trains(day),
        "ahead": ahead,
        "ahead_day": date.fromisoformat(ahead["day"]) if ahead else None,
        "ahead_cards": cards.cards(plan, ahead, doing=doing, unit=unit) if ahead else [],
        "urls": cards.urls(),
        "signs_due": _signs_due(plan, doing),
        "week": [_kept(one) for one in plan["days"]],
    }


def _signs_due(plan: Any, doing: read.Doing) -> bool:
    """Whether the warning signs were last gone through a week ago or more: in the story, or again since."""
    last = max(filter(None, (date.fromisoformat(plan["begun"]), doing.signs_on)))
    return doing.today - last >= SIGNS_EVERY


def _kept(day: Any) -> dict[str, Any]:
    """What the page keeps of a day for a time without a network, when the day itself has come."""
    tasks = [
        {"name": one["name"], "dose": one["dose"], "log": {name: one["log"][name] for name in ("lift", "made_of")}}
        for one in day["tasks"]
    ]
    return {"day": day["day"], "tasks": tasks}
