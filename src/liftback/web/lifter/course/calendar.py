"""The plan in the lifter's own calendar: a secret address, made and stopped by them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liftback.records import read, write
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import LifterVisit, Visit, for_lifters

A_CLIENT_ASKS_AGAIN = 15 * 60
"""Seconds for which a calendar may go on with what it has."""


@require_safe
@for_lifters
def calendar(request: LifterVisit) -> HttpResponse:
    """The page: what the calendar holds, and its address where there is one."""
    token = request.lifter.calendar_token
    address = request.build_absolute_uri(reverse("lifter:calendar_feed", args=[token])) if token else ""
    subscribe = f"webcal://{address.partition('://')[2]}" if address else ""
    return render(request, "lifter/course/calendar.html", {"address": address, "subscribe": subscribe})


@require_POST
@limited("calendar", times=10, seconds=60)
@for_lifters
def calendar_make(request: LifterVisit) -> HttpResponse:
    """Make a new address; an older one stops working."""
    write.make_calendar(actor=request.person, lifter=request.lifter, now=request.visitor.now)
    messages.success(request, _("Your calendar has an address now. Keep it to yourself."))
    return redirect("lifter:calendar")


@require_POST
@limited("calendar", times=10, seconds=60)
@for_lifters
def calendar_stop(request: LifterVisit) -> HttpResponse:
    """Close the address."""
    write.stop_calendar(actor=request.person, lifter=request.lifter, now=request.visitor.now)
    messages.success(request, _("The address no longer works. What a calendar has copied from it stays there."))
    return redirect("lifter:calendar")


@require_safe
@limited("calendar_feed", times=60, seconds=60, methods=("GET",))
def feed(request: Visit, token: str) -> HttpResponse:
    """The calendar file for whoever knows the address; no sign-in, since calendars have none."""
    text = read.calendar_of(token=token, now=request.visitor.now)
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = f"private, max-age={A_CLIENT_ASKS_AGAIN}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
