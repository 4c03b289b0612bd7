"""What staff do with one call: each a form, sent by POST. What stands in the way is said above the form, filled in."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liftback.records.call_times import instant_of
from liftback.records.policies import NotNowError
from liftback.records.write.clinic import calls
from liftback.web.clinic.calls.desk import call_page
from liftback.web.shared.working import StaffVisit, for_staff

NO_SUCH_TIME = (
    "That time cannot be read, or the clock jumps over it on that day. Write day and time, such as 2026-12-01 10:15."
)


@require_POST
@for_staff()
def confirm(request: StaffVisit, number: uuid.UUID) -> HttpResponse:
    """Say yes to a call that was asked for."""
    return _done(request, number, lambda: calls.accept(**_who(request, number)), _("The call is sure. They are told."))


@require_POST
@for_staff()
def decline(request: StaffVisit, number: uuid.UUID) -> HttpResponse:
    """Say no to one."""
    why = request.POST.get("why", "")
    return _done(request, number, lambda: calls.decline(**_who(request, number), why=why), _("Declined, and told."))


@require_POST
@for_staff()
def done(request: StaffVisit, number: uuid.UUID) -> HttpResponse:
    """Write down that it took place."""
    return _done(request, number, lambda: calls.finish(**_who(request, number), reached=True), _("Written down."))


@require_POST
@for_staff()
def no_show(request: StaffVisit, number: uuid.UUID) -> HttpResponse:
    """Write down that nobody answered."""
    return _done(request, number, lambda: calls.finish(**_who(request, number), reached=False), _("Written down."))


@require_POST
@for_staff()
def move(request: StaffVisit, number: uuid.UUID) -> HttpResponse:
    """Give it another time, and perhaps another therapist."""
    sequence = request.POST.get("sequence", "")

    def deed() -> object:
        return calls.move(
            **_who(request, number),
            to=override_of(request),
            sequence=int(sequence[:9]) if sequence.isdecimal() else -1,
        )

    return _done(request, number, deed, _("The call has a new time. They are told."))


@require_POST
@for_staff()
def cancel(request: StaffVisit, number: uuid.UUID) -> HttpResponse:
    """Call it off."""
    why = request.POST.get("why", "")
    return _done(request, number, lambda: calls.cancel(**_who(request, number), why=why), _("Cancelled, and told."))


@require_POST
@for_staff()
def give(request: StaffVisit, number: uuid.UUID) -> HttpResponse:
    """Give it to another therapist."""
    therapist = number_of(request.POST.get("therapist", ""))
    return _done(
        request, number, lambda: calls.give(**_who(request, number), therapist=therapist), _("The call was given.")
    )


def override_of(request: StaffVisit) -> calls.Override:
    """The therapist, time and reason of a form. Raises NotNowError for a time that is none."""
    at = instant_of(request.POST.get("at", ""), request.staff.clinic.zone)
    if at is None:
        raise NotNowError(NO_SUCH_TIME)
    return calls.Override(
        therapist=number_of(request.POST.get("therapist", "")), starts_at=at, why=request.POST.get("why", "")
    )


def number_of(text: str) -> int:
    """The number of a row as a form sends it; 0, which no row has, for anything else."""
    return int(text[:15]) if text.isascii() and text.isdecimal() else 0


def _who(request: StaffVisit, number: uuid.UUID) -> dict[str, Any]:
    return {"staff": request.staff, "booking": number, "now": request.visitor.now}


def _done(request: StaffVisit, number: uuid.UUID, deed: Callable[[], object], said: str) -> HttpResponse:
    """Do it and say so; or show the call again with what stood in the way, nothing changed."""
    try:
        deed()
    except NotNowError as trouble:
        return call_page(request, number, trouble=str(trouble), typed=request.POST, status=409)
    messages.success(request, said)
    return redirect("clinic:desk_call", number)
