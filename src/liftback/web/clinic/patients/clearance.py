"""A patient's way to clearance: what is met, what is not, what nobody knows, and the therapist's signature."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from liftback.records.policies import NotNowError
from liftback.records.read.clinic import patients as reading
from liftback.records.staff import TREAT
from liftback.records.write.clinic import signatures
from liftback.web.clinic.patients.patient import around
from liftback.web.shared.working import StaffVisit, for_staff


@require_http_methods(["GET", "POST"])
@for_staff(TREAT)
def clearance(request: StaffVisit, episode: UUID) -> HttpResponse:
    """The criteria as the lifter's own page has them; POST signs, while every one of them is met."""
    if request.method != "POST":
        return _page(request, episode)
    found = reading.episode_of(staff=request.staff, episode=episode)
    words = request.POST.get("words", "")
    try:
        signatures.sign_clearance(staff=request.staff, episode=found, words=words, now=request.visitor.now)
    except NotNowError as error:
        return _page(request, episode, str(error), words)
    messages.success(request, _("Signed. Their page says so, with your name, licence and the day."))
    return redirect("clinic:patient_clearance", episode)


def _page(request: StaffVisit, episode: UUID, error: str = "", words: str = "") -> HttpResponse:
    found = reading.opened(staff=request.staff, episode=episode, now=request.visitor.now, what="plan", names=("plan",))
    may = signatures.may_sign(staff=request.staff, episode=found.episode, now=request.visitor.now)
    values = {**around(found), "plan": found.plan, "error": error, "words": words, "may_sign": may}
    return render(request, "clinic/patients/clearance.html", values, status=422 if error else 200)


@require_POST
@for_staff(TREAT)
def end_clearance(request: StaffVisit, episode: UUID) -> HttpResponse:
    """Take the signature back."""
    found = reading.episode_of(staff=request.staff, episode=episode)
    signatures.end_clearance(staff=request.staff, episode=found, now=request.visitor.now)
    messages.success(request, _("Taken back. Their page no longer says that they are cleared by you."))
    return redirect("clinic:patient_clearance", episode)
