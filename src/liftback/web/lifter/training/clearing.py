"""The way to clearance: what is met, what is not, what nobody knows, and at the end the lifter's own declaration."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback import operations
from liftback.web.lifter.training import telling
from liftback.web.lifter.training.exposure_form import number_typed
from liftback.web.shared.visiting import LifterVisit, for_lifters

LONGEST_NAME = 80


@require_http_methods(["GET", "POST"])
@for_lifters
def clearance(request: LifterVisit) -> HttpResponse:
    """Where each own lift and the back stand; POST answers what is asked, or declares it."""
    plan = request.visitor.page("plan")
    if plan is None:
        return redirect("lifter:today")
    if plan["level"] == "emergency":
        return redirect("lifter:emergency")
    if plan.get("shown_as") == "off":
        return redirect("lifter:plan")
    if request.method == "POST" and not plan["held"]:
        error = _signed(request, plan) if "name" in request.POST else _answered(request, plan)
        if not error:
            return redirect("lifter:clearance")
        return _shown(request, plan, error)
    return _shown(request, plan, "")


def _shown(request: LifterVisit, plan: Any, error: str) -> HttpResponse:
    values = {"plan": plan, "found": plan["clearance"], "error": error, "stamp": telling.stamp(request)}
    values["sign_stamp"] = telling.stamp(request)
    return render(request, "lifter/training/clearance.html", values, status=422 if error else 200)


def _answered(request: LifterVisit, plan: Any) -> str:
    """Keep the answers to the questions before clearance; a sentence where one cannot be read."""
    fields = [one["field"] for group in plan["criteria"] for one in group["questions"]]
    told = {name: number_typed(request.POST.get(f"told.{name}", "")) for name in fields}
    given = {name: value for name, value in told.items() if value is not None}
    if not given:
        return _("Nothing was answered, so nothing was kept. Answer at least one question.")
    day = telling.day_of(request)
    try:
        operations.criteria_given(values={**given, "day": day.isoformat()}, today=request.visitor.today)
    except operations.CriteriaError as error:
        return str(error)
    telling.keep(request, "criteria", given)
    messages.success(request, _("Kept. The list below knows it now."))
    return ""


def _signed(request: LifterVisit, plan: Any) -> str:
    """Keep the lifter's own declaration, if every criterion is met; a sentence where it is not."""
    name = " ".join(request.POST.get("name", "").split())[:LONGEST_NAME]
    found = plan["clearance"]
    if found is None or not found["ready"]:
        return _("Some of it is still open, so there is nothing to declare yet. The list says what is missing.")
    if not name:
        return _("Write your name, so that it is clear who says so.")
    telling.keep(request, "signed", {"name": name})
    messages.success(request, _("Kept. This is your own declaration; no one else has signed it."))
    return ""
