"""The directory of colleagues elsewhere: looked through, added to, changed, and taken home as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liftback.records.read.clinic import directory as reading
from liftback.records.scheduling.places import STATES
from liftback.records.staff import SETTINGS, Staff
from liftback.records.write.clinic import directory as writing
from liftback.web.clinic.practice import forms
from liftback.web.clinic.practice.sending import Deed, sent, shown
from liftback.web.shared.limits import limited
from liftback.web.shared.working import StaffVisit, for_staff


@require_safe
@for_staff(SETTINGS)
def directory(request: StaffVisit) -> HttpResponse:
    """Everybody in it, narrowed by words or a state."""
    words, state = request.GET.get("words", "").strip()[:80], request.GET.get("state", "")
    found = reading.colleagues(request.staff.clinic, words=words, state=state)
    page = max(int(number), 1) if (number := request.GET.get("page", "1")).isdecimal() and len(number) < 6 else 1  # noqa: PLR2004 - digits
    first = (page - 1) * reading.A_PAGE
    values = {
        "clinic": request.staff.clinic,
        "colleagues": found[first : first + reading.A_PAGE],
        "total": len(found),
        "earlier": page - 1,
        "later": page + 1 if first + reading.A_PAGE < len(found) else 0,
        "words": words,
        "state": state,
        "states": [("", _("Any state")), *STATES],
    }
    return render(request, "clinic/practice/directory.html", values)


@require_http_methods(["GET", "POST"])
@limited("directory", times=240, seconds=600)
@for_staff(SETTINGS)
def colleague(request: StaffVisit, colleague: UUID | None = None) -> HttpResponse:
    """One of them, or a new one."""
    there = reading.colleague(request.staff.clinic, colleague) if colleague is not None else None
    deeds = {"keep": Deed(form=forms.ColleagueForm, write=_keeping(colleague), said=gettext_lazy("Kept."))}
    back = sent(request, deeds) if request.method == "POST" else None
    if request.method == "POST" and back is None:
        return redirect("clinic:practice_directory")
    form = shown(deeds, "keep", back, initial=_typed(there))
    values = {"clinic": request.staff.clinic, "colleague": there, "form": form}
    return render(request, "clinic/practice/colleague.html", values, status=200 if back is None else 422)


def _keeping(colleague: UUID | None) -> Any:
    def keep(*, staff: Staff, now: Any, **told: Any) -> None:
        flags = {name: "yes" if one else "no" for name, one in told.items() if isinstance(one, bool)}
        writing.keep(staff=staff, now=now, told={**told, **flags}, colleague=colleague)

    return keep


def _typed(there: Any) -> dict[str, Any]:
    if there is None:
        return {"in_person": True}
    values = reading.values_of(there)
    return {
        **values,
        "states": " ".join(values["states"]),
        "languages": ", ".join(values["languages"]),
        "notes": values["lifter_notes"],
    }


@require_POST
@limited("directory", times=240, seconds=600)
@for_staff(SETTINGS)
def colleague_active(request: StaffVisit, colleague: UUID) -> HttpResponse:
    """Leave a colleague out, or take them in again; nobody is deleted, since hand-overs name them."""
    active = request.POST.get("active") == "yes"
    writing.set_active(staff=request.staff, now=request.visitor.now, colleague=colleague, active=active)
    messages.success(request, _("Back in the directory.") if active else _("Out of the directory."))
    return redirect("clinic:practice_directory")


@require_safe
@for_staff(SETTINGS)
def export(request: StaffVisit) -> HttpResponse:
    """The directory as a CSV file; cells that a spreadsheet would calculate are made harmless."""
    name = f"directory-{request.visitor.today}.csv"
    response = HttpResponse("\ufeff" + reading.export(request.staff.clinic), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
