"""The weekly report of promises kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from liftback.records.read.clinic import promises as reading
from liftback.records.staff import REPORT
from liftback.web.clinic.practice.own_terms import promise_words
from liftback.web.clinic.practice.promise_picture import promise_picture
from liftback.web.shared.working import StaffVisit, for_staff


@require_safe
@for_staff(REPORT)
def promises(request: StaffVisit) -> HttpResponse:
    """Week by week: what came in, what was kept, and how long people waited."""
    long = request.GET.get("weeks") == str(reading.MOST_WEEKS)
    weeks = reading.weekly(
        clinic=request.staff.clinic, now=request.visitor.now, weeks=reading.MOST_WEEKS if long else reading.WEEKS
    )
    values = {
        "clinic": request.staff.clinic,
        "words": promise_words(request.staff.clinic),
        "weeks": weeks,
        "whole": reading.together(weeks),
        "picture": promise_picture(weeks[::-1]),
        "choices": [_choice(number, len(weeks)) for number in (reading.WEEKS, reading.MOST_WEEKS)],
    }
    return render(request, "clinic/practice/promises.html", values)


def _choice(number: int, now: int) -> dict[str, object]:
    words = ngettext("%(weeks)d week", "%(weeks)d weeks", number) % {"weeks": number}
    return {"url": f"?weeks={number}", "label": words, "current": number == now}
