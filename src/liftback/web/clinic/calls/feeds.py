"""A therapist's calls in their own calendar: a secret address, made and stopped by them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from liftback.records.links import absolute
from liftback.records.read.clinic import calls
from liftback.records.write.clinic import feeds
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import Visit
from liftback.web.shared.working import StaffVisit, for_staff

A_CLIENT_ASKS_AGAIN = 5 * 60
"""Seconds for which a calendar may go on with what it has; calls move more often than plans."""


@require_http_methods(["GET", "HEAD", "POST"])
@limited("desk_feed", times=10, seconds=60)
@for_staff()
def desk_feed(request: StaffVisit) -> HttpResponse:
    """The address where there is one; a form makes a new one, or closes it."""
    if request.method == "POST":
        if request.POST.get("do") == "stop":
            feeds.stop(staff=request.staff, now=request.visitor.now)
            messages.success(request, _("The address no longer works. What a calendar has copied from it stays there."))
        elif request.POST.get("do") == "make":
            feeds.make(staff=request.staff, now=request.visitor.now)
            messages.success(request, _("Your calls have an address now. Keep it to yourself."))
        return redirect("clinic:desk_feed")
    token = request.staff.membership.feed_token
    address = absolute(reverse("clinic:calls_feed", args=[request.staff.clinic.slug, token])) if token else ""
    subscribe = f"webcal://{address.partition('://')[2]}" if address else ""
    return render(request, "clinic/calls/feed.html", {"address": address, "subscribe": subscribe})


@require_safe
@limited("calls_feed", times=60, seconds=60, methods=("GET",))
def calls_feed(request: Visit, slug: str, token: str) -> HttpResponse:
    """The calendar for whoever knows the address; no sign-in, since calendars have none."""
    text = calls.feed(slug=slug, token=token, now=request.visitor.now)
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = f"private, max-age={A_CLIENT_ASKS_AGAIN}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
