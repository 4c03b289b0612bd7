"""The hours in which a therapist takes free calls: their own, or, for an owner, those of anybody who takes calls."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from liftback.records.days import day_in
from liftback.records.hours_text import said, spans_of
from liftback.records.models import CallHoursException, Membership
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import terms
from liftback.records.staff import SETTINGS, Staff
from liftback.records.write.clinic import call_hours
from liftback.web.clinic.practice import forms
from liftback.web.clinic.practice.opening import Days, week_fields, week_read
from liftback.web.clinic.practice.sending import Deed, Sent, sent, shown
from liftback.web.shared.limits import limited
from liftback.web.shared.working import StaffVisit, for_staff

KINDS = [
    (CallHoursException.Kind.OFF, gettext_lazy("Takes no calls then")),
    (CallHoursException.Kind.EXTRA, gettext_lazy("Takes calls then, too")),
]


class DayForm(django_forms.Form):
    """One day that differs."""

    day = forms.day(gettext_lazy("Day"), needed=True)
    kind = forms.choice(gettext_lazy("What differs"), KINDS)
    hours = forms.text(gettext_lazy("Hours"), gettext_lazy("Such as 13:00-15:00. Leave it out for a whole day off."))

    def clean(self) -> dict[str, Any]:
        """The hours as times, one row each; none for a whole day."""
        told = super().clean() or {}
        try:
            told["spans"] = spans_of(told.pop("hours", ""))
        except ValueError as error:
            self.add_error("hours", str(error))
        return told


class RemoveForm(django_forms.Form):
    """A day that is as usual again."""

    number = forms.row()


@require_http_methods(["GET", "POST"])
@limited("own-hours", times=120, seconds=600)
@for_staff()
def own_hours(request: StaffVisit) -> HttpResponse:
    """The hours of the week and the days that differ."""
    whose = _whose(request)
    deeds, back, faults = _deeds(whose), None, {}
    if request.method == "POST":
        if request.POST.get("do", "hours") == "hours":
            faults = _keep_week(request, whose)
        else:
            back = sent(request, deeds)
        if back is None and not faults:
            return redirect(f"{request.path}?of={whose.pk}")
    status = 422 if back is not None or faults else 200
    return render(request, "clinic/practice/own_hours.html", _page(request, whose, back, faults), status=status)


def _whose(request: StaffVisit) -> Membership:
    """The therapist whose hours are meant: one's own, another's only for an owner."""
    wanted = request.POST.get("of") or request.GET.get("of", "")
    found = [one for one in _others(request.staff) if str(one.pk) == wanted]
    return found[0] if found else request.staff.membership


def _others(staff: Staff) -> list[Membership]:
    return terms.therapists(staff.clinic) if staff.may(SETTINGS) else []


def _keep_week(request: StaffVisit, whose: Membership) -> dict[int, str]:
    days, faults = week_read(request.POST)
    if not any(name.startswith("day-") for name in request.POST):
        return {0: _("Nothing came with that. Reload the page, and send it again.")}
    if faults:
        return faults
    rows = [
        call_hours.Hours(weekday=weekday, begins=begins, ends=ends)
        for weekday, spans in days.items()
        for begins, ends in spans
    ]
    try:
        takes = "takes_calls" in request.POST
        call_hours.set_takes_calls(staff=request.staff, membership=whose, takes=takes, now=request.visitor.now)
        call_hours.set_hours(staff=request.staff, membership=whose, rows=rows, now=request.visitor.now)
    except NotNowError as error:
        return {0: str(error)}
    messages.success(request, _("The hours are kept. Calls that are booked stay booked."))
    return {}


def _deeds(whose: Membership) -> dict[str, Deed]:
    def differ(*, staff: Staff, now: Any, day: Any, kind: str, spans: Any) -> None:
        for begins, ends in spans or ((None, None),):
            call_hours.add_exception(
                staff=staff, membership=whose, day=day, kind=kind, begins=begins, ends=ends, now=now
            )

    def as_usual(*, staff: Staff, now: Any, number: int) -> None:
        call_hours.remove_exception(staff=staff, membership=whose, number=number, now=now)

    return {
        "differ": Deed(form=DayForm, write=differ, said=gettext_lazy("Kept.")),
        "as_usual": Deed(form=RemoveForm, write=as_usual, said=gettext_lazy("That day is as usual again.")),
    }


def _page(request: StaffVisit, whose: Membership, back: Sent | None, faults: dict[int, str]) -> dict[str, Any]:
    clinic = request.staff.clinic
    spans: Days = dict.fromkeys(range(terms.WEEKDAYS), ())
    for one in call_hours.hours_of(whose):
        spans[one.weekday] = (*spans[one.weekday], (one.begins, one.ends))
    written = {weekday: said(found) for weekday, found in spans.items()}
    typed = {weekday: request.POST.get(f"day-{weekday}", "") for weekday in spans} if faults else written
    names = {field["name"]: field["label"] for field in week_fields({}, {})}
    return {
        "clinic": clinic,
        "whose": whose,
        "others": [one for one in _others(request.staff) if one.pk != whose.pk],
        "own": whose.pk == request.staff.membership.pk,
        "week": week_fields(typed, faults),
        "errors": [{"id": f"day-{day}", "text": f"{names[f'day-{day}']}: {text}"} for day, text in faults.items()],
        "takes_calls": "takes_calls" in request.POST if faults else whose.takes_calls,
        "clinic_hours": terms.hours(clinic),
        "differ": shown(_deeds(whose), "differ", back),
        "exceptions": call_hours.exceptions_of(whose, day_in(clinic.zone, request.visitor.now)),
    }
