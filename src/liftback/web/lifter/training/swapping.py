"""What may stand in today when the rack is taken: never heavier on the back than what is planned."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback.records import read
from liftback.web.lifter.training import cards, telling
from liftback.web.shared.visiting import LifterVisit, for_lifters


@require_http_methods(["GET", "POST"])
@for_lifters
def swap(request: LifterVisit) -> HttpResponse:
    """The list of what may stand in for a lift, and the choice of one for today."""
    plan = request.visitor.page("plan")
    if plan is None or plan["held"] or "shown_as" in plan:
        return redirect("lifter:today")
    if request.method == "POST":
        return _chosen(request, plan)
    doing = read.doing(actor=request.person, lifter=request.lifter, today=request.visitor.today)
    lift = request.GET.get("lift", "")
    card = cards.card_of(plan, lift, day=request.visitor.today, doing=doing, unit=request.lifter.unit)
    if card is None:
        raise Http404
    values = {"card": card, "choices": plan["swaps"].get(lift, []), "stamp": telling.stamp(request)}
    values["back_stamp"] = telling.stamp(request)
    return render(request, "lifter/training/swap.html", values)


def _chosen(request: LifterVisit, plan: Any) -> HttpResponse:
    """Keep the choice, if it is one of those that are offered now; an empty one goes back to the plan."""
    lift, exercise = request.POST.get("lift", ""), request.POST.get("exercise", "")
    offered = {one["exercise"]: one for one in plan["swaps"].get(lift, ())}
    if exercise and exercise not in offered:
        messages.error(request, _("That is not offered for this lift any more. Choose one of these, please."))
        return redirect("lifter:today")
    if lift not in plan["may_log"]:
        raise Http404
    name = offered[exercise]["name"] if exercise else ""
    telling.keep(request, "swap", {"lift": lift, "exercise": exercise, "name": name, "why": "taken"})
    said = _("For today: %(name)s instead.") % {"name": name} if exercise else _("Back to what is planned.")
    messages.success(request, said)
    return redirect("lifter:today")
