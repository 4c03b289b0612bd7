"""Where the clinic's therapists may practise: their licences with their days, and care by phone by state."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from liftback.records.read.clinic import terms
from liftback.records.scheduling.places import STATE_NAMES
from liftback.records.staff import SETTINGS
from liftback.records.write.clinic import licences
from liftback.records.write.clinic import terms as writing
from liftback.web.clinic.practice import forms
from liftback.web.clinic.practice.sending import Deed, Sent, sent, shown
from liftback.web.shared.limits import limited
from liftback.web.shared.working import StaffVisit, for_staff

DEEDS = {
    "add": Deed(form=forms.LicenceForm, write=licences.add, said=_("The licence is kept."), of="membership"),
    "end": Deed(form=forms.EndForm, write=licences.set_end, said=_("Kept."), of="licence"),
    "remove": Deed(form=forms.RemoveForm, write=licences.remove, said=_("The row is gone."), of="licence"),
    "state": Deed(form=forms.StateForm, write=writing.set_state, said=_("Kept.")),
}


@require_http_methods(["GET", "POST"])
@limited("practice", times=240, seconds=600)
@for_staff(SETTINGS)
def states(request: StaffVisit) -> HttpResponse:
    """The licences of every therapist, and what the clinic's counsel said about states."""
    back = sent(request, DEEDS) if request.method == "POST" else None
    if request.method == "POST" and back is None:
        return redirect("clinic:practice_states")
    status = 200 if back is None else 422
    return render(request, "clinic/practice/states.html", _page(request, back), status=status)


def _page(request: StaffVisit, back: Sent | None) -> dict[str, Any]:
    clinic, now = request.staff.clinic, request.visitor.now
    found = terms.licences_of(clinic, now)
    therapists = [
        {
            "member": one,
            "add": shown(DEEDS, "add", back, of=one.pk),
            "licences": [
                {"shown": row, "end": shown(DEEDS, "end", back, of=row.row.pk, initial=_of(row))}
                for row in found.get(one.pk, ())
            ],
        }
        for one in terms.therapists(clinic)
    ]
    said = [{"row": one, "name": STATE_NAMES.get(one.state, one.state)} for one in terms.state_terms(clinic)]
    return {
        "clinic": clinic,
        "therapists": therapists,
        "covered": terms.states_covered(clinic, now),
        "ending": [one for rows in found.values() for one in rows if one.ends_soon],
        "state_terms": said,
        "state": shown(DEEDS, "state", back),
        "warn_days": terms.WARN_DAYS,
    }


def _of(row: terms.LicenceShown) -> dict[str, Any]:
    return {"valid_until": row.row.valid_until}
