"""Who of the clinic's patients needs attention, and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from liftback.records.read.clinic import attention
from liftback.records.staff import TREAT
from liftback.web.clinic.patients import words
from liftback.web.shared.working import StaffVisit, for_staff


@require_safe
@for_staff(TREAT)
def patients(request: StaffVisit) -> HttpResponse:
    """The open patients, one's own or all, those with an alarm first."""
    everybody = request.GET.get("whose") == "all"
    number = request.GET.get("page", "1")
    found = attention.of(
        staff=request.staff,
        now=request.visitor.now,
        mine=not everybody,
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,  # noqa: PLR2004 - digits
    )
    rows = [(one, words.lines(one)) for one in found.rows]
    return render(request, "clinic/patients/patients.html", {"found": found, "rows": rows, "everybody": everybody})
