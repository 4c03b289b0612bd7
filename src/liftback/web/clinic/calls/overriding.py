"""Booking a call for somebody who is on the phone, or asked by the form; outside what is offered only with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback.records.call_details import read_details
from liftback.records.call_times import said, wall_of
from liftback.records.days import zones
from liftback.records.models import ConsultRequest
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import calls, slots
from liftback.records.scheduling.places import STATES
from liftback.records.write.clinic import calls as deeds
from liftback.web.clinic.calls import times
from liftback.web.clinic.calls.deeds import override_of
from liftback.web.clinic.calls.desk import name_of
from liftback.web.shared.working import StaffVisit, for_staff

_SHOWN = 24
"""Free times that are listed beside the form."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def desk_book(request: StaffVisit) -> HttpResponse:
    """The form; sent, it books the call and tells the person."""
    number = request.POST.get("request", "") or request.GET.get("request", "")
    about = calls.request_for_desk(staff=request.staff, number=number, now=request.visitor.now)
    if request.method != "POST":
        return _form(request, about, request.GET)
    read = read_details(request.POST, clinic=request.staff.clinic, request=about)
    if read.details is None:
        return _form(request, about, request.POST, read.errors)
    zone = request.POST.get("zone", "")
    try:
        booking = deeds.book(
            staff=request.staff, form_id=times.sent_id(request.POST.get("form_id", "")), details=read.details,
            at=override_of(request), now=request.visitor.now, request=about, zone=zone if zone in zones() else "",
        )  # fmt: skip
    except NotNowError as trouble:
        return _form(request, about, request.POST, {"at": str(trouble)}, status=409)
    messages.success(request, _("The call is booked."))
    return redirect("clinic:desk_call", booking.pk)


def _form(
    request: StaffVisit,
    about: ConsultRequest | None,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    clinic, errors = request.staff.clinic, errors or {}
    names = ("at", "therapist", "why", "name", "phone", "email", "place", "zone")
    kept = {name: str(typed.get(name, "")) for name in names}
    mine = str(request.staff.membership.pk)
    therapists = [(str(one.pk), name_of(one)) for one in calls.takers(clinic)]
    kept["therapist"] = kept["therapist"] or (mine if any(mine == number for number, _name in therapists) else "")
    free = slots.offered(slots.Wanted(clinic=clinic, now=request.visitor.now, request=about))[:_SHOWN]
    who = dict(therapists)
    values: dict[str, Any] = {
        "clinic": clinic,
        "about": about,
        "typed": kept,
        "errors": errors,
        "summary": [{"id": name, "text": text} for name, text in errors.items()],
        "form_id": typed.get("form_id") or uuid.uuid4(),
        "therapists": [("", _("Choose")), *therapists],
        "places": times.states(STATES),
        "zones": times.zone_choices(clinic.zone),
        "zone_words": times.zone_said(clinic.zone, request.visitor.now),
        "free": [
            {
                "said": said(one.starts_at, clinic.zone),
                "wall": wall_of(one.starts_at, clinic.zone).replace(" ", "T"),
                "names": ", ".join(who[str(number)] for number in one.therapists if str(number) in who),
            }
            for one in free
        ],
    }
    return render(request, "clinic/calls/book.html", values, status=status)
