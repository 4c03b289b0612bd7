"""The brief: one page to read in the minute before a call, on a screen or on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from liftback.records import staff as rules
from liftback.records.read.clinic import brief as reading
from liftback.web.clinic.desk import words
from liftback.web.shared.working import StaffVisit, for_staff


@require_safe
@for_staff(rules.BRIEF)
def brief_page(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """The page."""
    found = reading.brief(staff=request.staff, request=request_id, now=request.visitor.now)
    told = found.values
    values = {
        "brief": found,
        "row": found.request,
        "told": told,
        "load_picture": drawn((told["load"] or {}).get("svg", "")),
        "course_picture": drawn(found.course.get("svg", "")),
        "marks": words.marks_in(told["words"]),
        "zone": request.staff.clinic.zone,
        "now": request.visitor.now,
        "free_call": not found.care_by_phone,
    }
    return render(request, "clinic/desk/brief.html", values)


def drawn(svg: str) -> SafeString:
    """A picture of the engine's, to be put into a page as it is."""
    return mark_safe(svg)  # noqa: S308 - made by our own code; every word in it is escaped there
