"""The front door's pages that ask nothing: which clinic, who they are, and colleagues near somebody."""

from __future__ import annotations

from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from liftback.records import modules, texts
from liftback.records.models import Clinic
from liftback.records.read.clinic import door
from liftback.records.scheduling.places import STATE_NAMES
from liftback.web.clinic.door import places
from liftback.web.shared.limits import limited


@require_safe
def consult(request: HttpRequest) -> HttpResponse:
    """Talk to somebody: straight to the form where there is one clinic, else the list of them."""
    found = door.clinics()
    if len(found) == 1:
        return redirect("clinic:consult_form", slug=found[0].slug)
    return render(request, "clinic/door/clinics.html", {"clinics": found})


@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """A clinic: what it promises, and the ways to it."""
    clinic = door.clinic_at(slug)
    values = {"clinic": clinic, "offers": offers(clinic), "welcome": texts.own(clinic, texts.WELCOME)}
    return render(request, "clinic/door/home.html", values)


@require_safe
@limited("colleagues", times=60, seconds=60, methods=("GET",))
def colleagues(request: HttpRequest, slug: str) -> HttpResponse:
    """The colleagues who may practise where somebody is, nearest first."""
    clinic = door.clinic_at(slug)
    state = request.GET.get("state", "").upper()
    state, fault, zip_code = state if state in STATE_NAMES else "", "", ""
    try:
        zip_code = places.zip_of(request.GET.get("zip", ""))
        fault = places.doubt(zip_code, state) if state else ""
    except ValidationError as error:
        fault = str(error.message)
    values = {
        "clinic": clinic,
        "offers": offers(clinic),
        "state": state,
        "state_name": STATE_NAMES.get(state, ""),
        "zip": request.GET.get("zip", "")[:20],
        "fault": fault,
        "states": places.choices(anybody=False),
        "found": door.colleagues(clinic=clinic, state=state, zip_code=zip_code),
    }
    return render(request, "clinic/door/colleagues.html", values)


def offers(clinic: Clinic) -> dict[str, bool]:
    """Which parts of the front door a clinic offers."""
    return {name: door.is_offered(clinic, name) for name in (modules.CONSULT, modules.BOOKING, modules.DIRECTORY)}
