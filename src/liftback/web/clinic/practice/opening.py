"""When the clinic is open: the hours of the week, its own closed days, and the holidays that count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from liftback.records.hours_text import spans_of
from liftback.records.read.clinic import terms
from liftback.records.staff import SETTINGS
from liftback.records.write.clinic import terms as writing
from liftback.web.clinic.practice import forms
from liftback.web.clinic.practice.sending import Deed, Sent, sent, shown
from liftback.web.shared.limits import limited
from liftback.web.shared.working import StaffVisit, for_staff

DEEDS = {
    "hours": Deed(form=django_forms.Form, write=writing.set_hours, said=gettext_lazy("The hours are kept.")),
    "close": Deed(form=forms.CloseForm, write=writing.close_days, said=gettext_lazy("Kept.")),
    "open": Deed(form=forms.OpenForm, write=writing.open_day, said=gettext_lazy("That day is as usual again.")),
}
Days = dict[int, tuple[tuple[time, time], ...]]


def week_read(told: Mapping[str, str]) -> tuple[Days, dict[int, str]]:
    """The hours of each weekday from fields named `day-0` (Monday) to `day-6`, and a sentence for each that is none."""
    days: Days = {}
    faults: dict[int, str] = {}
    for weekday in WEEKDAYS:
        try:
            days[weekday] = spans_of(told.get(f"day-{weekday}", "")[:200])
        except ValueError as error:
            faults[weekday] = str(error)
    return days, faults


def week_fields(hours: Mapping[int, str], faults: Mapping[int, str]) -> list[dict[str, Any]]:
    """The seven fields of a week for a template."""
    return [
        {"name": f"day-{day}", "label": str(name), "value": hours.get(day, ""), "error": faults.get(day, "")}
        for day, name in WEEKDAYS.items()
    ]


@require_http_methods(["GET", "POST"])
@limited("practice", times=120, seconds=600)
@for_staff(SETTINGS)
def hours(request: StaffVisit) -> HttpResponse:
    """The hours of the week, closed days, holidays."""
    back, faults = None, {}
    if request.method == "POST":
        if request.POST.get("do", "hours") == "hours":
            faults = _keep_week(request)
        else:
            back = sent(request, DEEDS)
        if back is None and not faults:
            return redirect("clinic:practice_hours")
    status = 422 if back is not None or faults else 200
    return render(request, "clinic/practice/hours.html", _page(request, back, faults), status=status)


def _keep_week(request: StaffVisit) -> dict[int, str]:
    days, faults = week_read(request.POST)
    if not any(f"day-{weekday}" in request.POST for weekday in WEEKDAYS):
        return {0: _("Nothing came with that. Reload the page, and send it again.")}
    if not faults:
        writing.set_hours(staff=request.staff, now=request.visitor.now, days=days)
        messages.success(request, str(DEEDS["hours"].said))
    return faults


def _page(request: StaffVisit, back: Sent | None, faults: Mapping[int, str]) -> dict[str, Any]:
    clinic, now = request.staff.clinic, request.visitor.now
    typed = {weekday: request.POST.get(f"day-{weekday}", "") for weekday in WEEKDAYS} if faults else None
    holidays, word = terms.holidays(clinic, now)
    return {
        "clinic": clinic,
        "week": week_fields(typed or terms.hours(clinic), faults),
        "week_errors": [{"id": f"day-{day}", "text": f"{WEEKDAYS[day]}: {text}"} for day, text in faults.items()],
        "close": shown(DEEDS, "close", back),
        "closed": terms.closed_days(clinic, now),
        "holidays": holidays,
        "word": word,
    }
