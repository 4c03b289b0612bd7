"""A patient's plan as they see it, what a therapist changes in it, and the signature under it."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liftback import operations
from liftback.records import modules
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import patients as reading
from liftback.records.read.clinic import plan_view
from liftback.records.read.clinic.patients import Patient
from liftback.records.staff import TREAT
from liftback.records.write.clinic import plan_edits, signatures
from liftback.records.write.clinic.plan_edits import NewEdit
from liftback.web.clinic.patients.patient import around, drawn
from liftback.web.shared.working import StaffVisit, for_staff

FIELDS = ("kind", "lift", "weight", "unit", "sets", "reps", "why")
TEMPLATE = "clinic/patients/plan.html"


@require_safe
@for_staff(TREAT)
def plan(request: StaffVisit, episode: UUID) -> HttpResponse:
    """The plan with its decisions and reasons, a form for each lift, and the signature."""
    return _page(request, episode)


def _page(request: StaffVisit, episode: UUID, error: str = "", typed: dict[str, str] | None = None) -> HttpResponse:
    found = reading.opened(staff=request.staff, episode=episode, now=request.visitor.now, what="plan", names=("plan",))
    values = {**around(found), "plan": found.plan, "error": error, "typed": typed or {}, "client_id": uuid.uuid4()}
    if found.lifter is not None and found.plan is not None:
        values |= _shown(request, found, typed or {})
    return render(request, TEMPLATE, values, status=422 if error else 200)


def _shown(request: StaffVisit, found: Patient, typed: dict[str, str]) -> dict[str, Any]:
    values = found.plan
    lifts = [
        {**one, "edits": [edit for edit in values["edits"] if operations.same_lift(edit["lift"], one["lift"])],
         "client_id": str(uuid.uuid4()), "open": typed.get("lift") == one["lift"]}
        for one in values["by_itself"]
    ]  # fmt: skip
    return {
        "lifts": lifts,
        "picture": drawn(values["picture"]),
        "planning": modules.is_on(request.staff.clinic, modules.PLANNING),
        "shown_as": "" if found.lifter is None else plan_view.how_shown(found.lifter, values),
        "may_sign": signatures.may_sign(staff=request.staff, episode=found.episode, now=request.visitor.now),
    }


@require_POST
@for_staff(TREAT)
def edit(request: StaffVisit, episode: UUID) -> HttpResponse:
    """Change one lift; the form comes back filled in where that does not work."""
    found = reading.episode_of(staff=request.staff, episode=episode)
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    new = NewEdit(
        client_id=_as_id(request.POST.get("client_id", "")),
        kind=typed["kind"],
        lift=typed["lift"],
        values={name: typed[name] for name in ("weight", "unit", "sets", "reps")},
        why=typed["why"],
    )
    try:
        plan_edits.add(staff=request.staff, episode=found, edit=new, now=request.visitor.now)
    except NotNowError as error:
        return _page(request, episode, str(error), typed)
    messages.success(request, _("Kept. The lifter sees it in their plan, with your name and why."))
    return redirect("clinic:patient_plan", episode)


@require_POST
@for_staff(TREAT)
def end_edit(request: StaffVisit, episode: UUID, edit: int) -> HttpResponse:
    """Take a change back."""
    found = reading.episode_of(staff=request.staff, episode=episode)
    plan_edits.end(staff=request.staff, episode=found, edit=edit, now=request.visitor.now)
    messages.success(request, _("Taken back. The plan is again as it is by itself there."))
    return redirect("clinic:patient_plan", episode)


@require_POST
@for_staff(TREAT)
def sign(request: StaffVisit, episode: UUID) -> HttpResponse:
    """Sign the plan as it was looked at."""
    found = reading.episode_of(staff=request.staff, episode=episode)
    try:
        signatures.sign_plan(
            staff=request.staff,
            episode=found,
            fingerprint=request.POST.get("fingerprint", ""),
            words=request.POST.get("words", ""),
            now=request.visitor.now,
        )
    except NotNowError as error:
        return _page(request, episode, str(error), {"words": request.POST.get("words", "")})
    messages.success(request, _("Signed. The lifter reads that you have checked it."))
    return redirect("clinic:patient_plan", episode)


def _as_id(text: str) -> UUID:
    """The id of a form; a new one where the form had none that can be read."""
    try:
        return UUID(text)
    except ValueError:
        return uuid.uuid4()
