"""Whoever works in a clinic: the guard of its pages, and which clinic is in front of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from liftback.records import staff as rules
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.staff import Staff
from liftback.web.shared.visiting import Visit

P = ParamSpec("P")
CLINIC = "clinic"
"""The key of the session under which the number of the clinic in front is kept, for people of several clinics."""


class StaffVisit(Visit):
    """A request of somebody at work, for types."""

    staff: Staff


def staff_of(request: Visit) -> Staff | None:
    """Who is at work; None for everybody else. Looked up once for a request."""
    if "staff" not in request.__dict__:
        person = request.visitor.person
        wanted = request.session.get(CLINIC) if person is not None else None
        request.__dict__["staff"] = None if person is None else rules.staff_of(person, clinic=wanted)
    return cast("Staff | None", request.__dict__["staff"])


def for_staff(deed: str = rules.WORK) -> Callable[..., Callable[..., HttpResponse]]:
    """A view for those whose role holds the deed; for others it is not there, and nobody is sent to the sign-in."""

    def guard(view: Callable[Concatenate[StaffVisit, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **given: P.kwargs) -> HttpResponse:
            staff = staff_of(request)
            if staff is None:
                raise NotAllowedError(NOT_YOURS)
            rules.check(staff, deed)
            return view(request, *args, **given)

        return cast("Callable[..., HttpResponse]", login_required(guarded))

    return guard
