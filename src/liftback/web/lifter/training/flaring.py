"""When it flares up, and the first hours after it has just happened: warning signs first, then what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from liftback import operations
from liftback.web.lifter.training import telling
from liftback.web.shared.visiting import LifterVisit, for_lifters

LONGEST_WORDS = 2_000


@require_http_methods(["GET", "POST"])
@for_lifters
def flare(request: LifterVisit) -> HttpResponse:
    """What to do in a flare, day by day; POST says that one has begun, or that it is over."""
    if request.method == "POST":
        return _told(request)
    plan = request.visitor.page("plan")
    if plan is None:
        return redirect("lifter:today")
    if plan["level"] == "emergency":
        return redirect("lifter:emergency")
    begun = plan["flare_begun"]
    values = {
        "plan": plan,
        "begun": date.fromisoformat(begun) if begun else None,
        "extra": extra_of(plan, "flare"),
        "stamp": telling.stamp(request),
    }
    return render(request, "lifter/training/flare.html", values)


def _told(request: LifterVisit) -> HttpResponse:
    if request.POST.get("what") == "over":
        telling.keep(request, "flare_over", {})
        messages.success(request, _("Kept: the flare is over. The plan goes on from where it is now."))
        return redirect("lifter:today")
    note = request.POST.get("note", "").strip()[:LONGEST_WORDS]
    telling.keep(request, "flare", {"note": note})
    leads = telling.note_leads(request, note, telling.day_of(request))
    if leads:
        return redirect(leads)
    messages.success(request, _("Kept: a flare began. The plan is lighter from now on; here is what to do today."))
    return redirect("lifter:flare")


@require_safe
@for_lifters
def first_hours(request: LifterVisit) -> HttpResponse:
    """What to do when it has just happened, and the first days of the lifter's own plan where they are on."""
    plan = request.visitor.page("plan")
    found: Any = operations.show_first_hours(found=operations.first_hours(), output="json", width=0)
    values = {"hours": found, "plan": plan, "extra": extra_of(plan, "first-days") if plan else None}
    return render(request, "lifter/training/first_hours.html", values)


def extra_of(plan: Any, name: str) -> Any:
    """A further part of the plan by its id; None where the plan has nothing to say of it."""
    return next((one for one in plan["extras"] if one["id"] == name), None)
