"""Settings of a lifter, the unit of anybody, and the page behind "More"."""

from __future__ import annotations

from functools import cache

from django.conf import settings as site
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liftback.records import write
from liftback.records.days import zones
from liftback.records.read.clinic.threads import unread_of
from liftback.web.lifter.data.places import groups
from liftback.web.shared.limits import limited
from liftback.web.shared.pages import A_YEAR, back
from liftback.web.shared.visiting import LifterVisit, Visit, for_lifters

UNITS = ("", "kg", "lb")
_PLACES = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache  # the list is the same for everybody
def _zones() -> tuple[tuple[str, str], ...]:
    places = sorted(one for one in zones() if one.startswith(_PLACES))
    return (("UTC", "UTC"), *((one, one.replace("_", " ")) for one in places))


@require_http_methods(["GET", "POST"])
@limited("settings", times=60, seconds=600)
@for_lifters
def settings(request: LifterVisit) -> HttpResponse:
    """What a lifter is called, the unit, the time zone; and the ways to the sign-in's own settings."""
    if request.method == "POST":
        person, lifter, now = request.person, request.lifter, request.visitor.now
        write.set_name(actor=person, name=request.POST.get("name", ""))
        write.set_unit(actor=person, lifter=lifter, unit=request.POST.get("unit", ""), now=now)
        write.set_zone(actor=person, lifter=lifter, zone=request.POST.get("zone", ""), now=now)
        messages.success(request, _("Kept."))
        return redirect("lifter:settings")
    told = request.COOKIES.get("zone", "")
    here = told if told in zones() and told != request.lifter.zone else ""
    values = {"zones": _zones(), "here": here, "units": _unit_choices(request.lifter.unit)}
    return render(request, "lifter/data/settings.html", values)


def _unit_choices(now: str) -> list[dict[str, object]]:
    words = {"": _("As I typed them"), "kg": _("Also in kg"), "lb": _("Also in lb")}
    return [{"value": one, "label": words[one], "chosen": one == now, "id": f"unit-{one or 'typed'}"} for one in UNITS]


@require_POST
@limited("units", times=120, seconds=600)
def units(request: Visit) -> HttpResponse:
    """Show weights in kg or lb, or as typed; kept with the lifter, or in a cookie."""
    wished, visitor = request.POST.get("unit", ""), request.visitor
    response = redirect(back(request))
    if wished not in UNITS:
        return response
    if visitor.person is not None and visitor.lifter is not None:
        write.set_unit(actor=visitor.person, lifter=visitor.lifter, unit=wished, now=visitor.now)
        return response
    response.set_cookie("unit", wished, max_age=A_YEAR, secure=site.HTTPS, httponly=True, samesite="Lax")
    return response


@require_safe
@for_lifters
def more(request: LifterVisit) -> HttpResponse:
    """Everything that has no place in the bar."""
    return render(request, "lifter/data/more.html", {"groups": groups(unread=unread_of(request.lifter))})
