"""Who looked, for the owner: by person, by day, by whose records."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from liftback.records.read.clinic import looks, terms
from liftback.records.staff import AUDIT
from liftback.web.shared.working import StaffVisit, for_staff

_LONGEST = 9  # digits of a number that is one


@require_safe
@for_staff(AUDIT)
def audit(request: StaffVisit) -> HttpResponse:
    """A page of looks, narrowed by what the address says. This look is noted, too."""
    day, person = request.GET.get("day", ""), _number(request.GET.get("person", ""))
    lifter = _number(request.GET.get("lifter", ""))
    found = looks.looks_of_clinic(
        staff=request.staff,
        now=request.visitor.now,
        page=_number(request.GET.get("page", "")) or 1,
        lifter=lifter,
        person=person,
        day=_day(day),
    )
    narrowed = urlencode({name: one for name, one in (("day", day), ("person", person), ("lifter", lifter)) if one})
    values = {
        "clinic": request.staff.clinic,
        "found": found,
        "day": day,
        "person": person,
        "lifter": lifter,
        "narrowed": narrowed,
        "team": terms.team(request.staff.clinic),
    }
    return render(request, "clinic/practice/audit.html", values)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
