"""The clinic's own terms: who it is, what it promises, how calls are booked, which parts are switched off."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from liftback.records import modules as parts
from liftback.records.models import Clinic
from liftback.records.read.clinic import terms
from liftback.records.staff import SETTINGS
from liftback.records.write.clinic import terms as writing
from liftback.web.clinic.practice import forms
from liftback.web.clinic.practice.sending import Deed, sent, shown
from liftback.web.shared.limits import limited
from liftback.web.shared.working import StaffVisit, for_staff

KEPT = gettext_lazy("Kept.")
CONTACT = {"contact": Deed(form=forms.ContactForm, write=writing.set_contact, said=KEPT)}
PROMISE = {"promise": Deed(form=forms.PromiseForm, write=writing.set_promise, said=KEPT)}
BOOKING = {"booking": Deed(form=forms.BookingForm, write=writing.set_booking, said=KEPT)}


@require_safe
@for_staff(SETTINGS)
def practice(request: StaffVisit) -> HttpResponse:
    """All sections, each with what it says now."""
    clinic, now = request.staff.clinic, request.visitor.now
    return render(request, "clinic/practice/practice.html", {"clinic": clinic, "said": _said(clinic, now)})


def _said(clinic: Clinic, now: Any) -> dict[str, Any]:
    licences = terms.licences_of(clinic, now)
    return {
        "hours": any(terms.hours(clinic).values()),
        "states": terms.states_covered(clinic, now),
        "ending": sum(one.ends_soon for rows in licences.values() for one in rows),
        "team": sum(one.active for one in terms.team(clinic)),
        "off": [parts.MODULES[one] for one in clinic.modules_off if one in parts.MODULES],
        "promise": promise_words(clinic),
    }


def promise_words(clinic: Clinic) -> str:
    """What the clinic promises, in words."""
    if clinic.promise_kind == Clinic.Promise.BUSINESS_DAY:
        return _("one business day")
    return _("%(hours)d clock hours") % {"hours": clinic.promise_hours}


@require_http_methods(["GET", "POST"])
@limited("practice", times=120, seconds=600)
@for_staff(SETTINGS)
def contact(request: StaffVisit) -> HttpResponse:
    """Who the clinic is and where."""
    return _one_form(request, "contact", CONTACT, _("Name and address"))


@require_http_methods(["GET", "POST"])
@limited("practice", times=120, seconds=600)
@for_staff(SETTINGS)
def booking(request: StaffVisit) -> HttpResponse:
    """How the free call is booked."""
    return _one_form(request, "booking", BOOKING, _("Free calls"))


@require_http_methods(["GET", "POST"])
@limited("practice", times=120, seconds=600)
@for_staff(SETTINGS)
def promise(request: StaffVisit) -> HttpResponse:
    """What is promised, with an example of when a request would be due."""
    clinic = request.staff.clinic
    received, due = terms.example(clinic, request.visitor.now)
    more = {"received": received, "due": due, "words": promise_words(clinic)}
    return _one_form(request, "promise", PROMISE, _("The promise"), more)


def _one_form(
    request: StaffVisit, do: str, deeds: dict[str, Deed], title: str, more: dict[str, Any] | None = None
) -> HttpResponse:
    back = sent(request, deeds) if request.method == "POST" else None
    if request.method == "POST" and back is None:
        return redirect(f"clinic:practice_{do}")
    clinic = request.staff.clinic
    initial = {name: getattr(clinic, name) for name in deeds[do].form.base_fields}
    values = {"clinic": clinic, "title": title, "form": shown(deeds, do, back, initial=initial), "part": do}
    status = 200 if back is None else 422
    return render(request, "clinic/practice/one_form.html", {**values, **(more or {})}, status=status)


@require_http_methods(["GET", "POST"])
@limited("practice", times=120, seconds=600)
@for_staff(SETTINGS)
def modules(request: StaffVisit) -> HttpResponse:
    """Which parts are switched on."""
    if request.method == "POST":
        on = request.POST.getlist("on")
        off = [one for one in parts.MODULES if one not in on]
        writing.set_modules(staff=request.staff, now=request.visitor.now, off=off)
        return redirect("clinic:practice_modules")
    clinic = request.staff.clinic
    listed = [{"name": name, "words": words, "on": parts.is_on(clinic, name)} for name, words in parts.MODULES.items()]
    return render(request, "clinic/practice/modules.html", {"clinic": clinic, "modules": listed})
