"""The check-in of a day: a few taps, kept once, with the warning signs asked at every contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback import operations
from liftback.records import read
from liftback.web.lifter.course.forms import DID_NOT_LIFT, CheckInForm
from liftback.web.lifter.course.telling import keep_check_in, set_aside, taken_up, whose
from liftback.web.lifter.training.telling import as_id, note_leads
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import LifterVisit, for_lifters

OFFERED = timedelta(days=7)
"""How far back a check-in can be opened."""


@require_http_methods(["GET", "POST"])
@limited("check_in", times=60, seconds=60)
def check_in(request: HttpRequest) -> HttpResponse:
    """The page and what it sends. A form whose sign-in ran out meanwhile is set aside, and is there after it."""
    if request.method == "POST" and not request.user.is_authenticated:
        return set_aside(request)
    return _keep(request) if request.method == "POST" else _show(request)


@for_lifters
def _show(request: LifterVisit) -> HttpResponse:
    left = taken_up(request)
    if left is not None:
        notice = _("You were signed out before this was kept.")
        return _page(request, _day_sent(request, left), values=left, notice=notice)
    day = _day(request, request.GET)
    told = read.check_ins(actor=request.person, lifter=request.lifter, day=day)
    wanted = as_id(request.GET.get("change", ""))
    before = told.newest(wanted) if wanted is not None else None
    if before is not None:
        values = {**_fields(before.payload), "replaces": str(before.client_id)}
        return _page(request, day, told=told, values=values)
    asked = not told.counting or "more" in request.GET
    return _page(request, day, told=told, values={} if asked else None)


@for_lifters
def _keep(request: LifterVisit) -> HttpResponse:
    day, form = _day_sent(request, request.POST), CheckInForm(request.POST)
    if not form.is_valid():
        return _page(request, day, values=request.POST, errors=form.errors)
    new = keep_check_in(request, form.payload, day)
    leads = _leads(request, form.payload, day)
    if leads:
        return redirect(leads)
    messages.success(request, _("Kept.") if new else _("That was kept already; nothing was added."))
    here = redirect("lifter:check_in")
    return here if day == request.visitor.today else redirect(f"{here.url}?day={day.isoformat()}")


def _leads(request: LifterVisit, payload: Mapping[str, Any], day: date) -> str:
    """Where a check-in leads that tells of a warning sign; empty for any other. It is kept before that."""
    if payload["signs"] == "yes":
        return "lifter:emergency"
    words_lead = note_leads(request, payload["note"], day)
    if words_lead:
        return words_lead
    if payload["signs"] == "not_sure":
        messages.info(request, _("Kept. You were not sure about the warning signs. Please go through them one by one."))
        return "lifter:signs"
    return ""


def _page(
    request: LifterVisit,
    day: date,
    *,
    values: Mapping[str, Any] | None,
    told: read.CheckIns | None = None,
    errors: Mapping[str, Any] | None = None,
    notice: str = "",
) -> HttpResponse:
    today = request.visitor.today
    told = told or read.check_ins(actor=request.person, lifter=request.lifter, day=day)
    return render(
        request,
        "lifter/course/check_in.html",
        {
            "day": day,
            "is_today": day == today,
            "yesterday": today - timedelta(days=1),
            "told": told.counting,
            "values": values,
            "errors": errors or {},
            "error_list": [_error(name, texts) for name, texts in (errors or {}).items()],
            "notice": notice,
            "more_told": any(str((values or {}).get(name, "")) for name in ("note", "stress")),
            "client_id": (values or {}).get("client_id") or str(uuid4()),
            "whose": whose(request),
            "did_not_lift": DID_NOT_LIFT,
            "signs": operations.contact_signs(),
            "felt": read.felt_now(actor=request.person, lifter=request.lifter, now=request.visitor.now),
        },
    )


def _error(name: str, texts: list[str]) -> dict[str, str]:
    """A line of the summary; what is wrong with the whole form has no place to lead to."""
    return {"id": "" if name == NON_FIELD_ERRORS else f"{name}-error", "text": texts[0]}


def _day(request: LifterVisit, given: Mapping[str, Any]) -> date:
    """The day that is asked for: today, or one of the last days."""
    today, day = request.visitor.today, _day_sent(request, given)
    return day if today - OFFERED <= day <= today else today


def _day_sent(request: LifterVisit, given: Mapping[str, Any]) -> date:
    """The day that a form was made for, today where it says none; `records` says which days can be kept."""
    try:
        return date.fromisoformat(str(given.get("day", "")))
    except ValueError:
        return request.visitor.today


def _fields(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What was told, as the fields of a form; a lift's pain that was left out is left out again."""
    return {name: "" if value is None else value for name, value in payload.items() if name != "client_id"}
