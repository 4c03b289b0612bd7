"""One patient: why to look, where they stand, what was told; their answers and course; who treats them, until when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liftback import operations
from liftback.records.alarms import tells_sign
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import patients as reading
from liftback.records.read.clinic.patients import Patient
from liftback.records.staff import TREAT
from liftback.records.write.clinic import episodes
from liftback.web.clinic.patients import words
from liftback.web.shared.working import StaffVisit, for_staff

_ANSWERS, _COURSE = ("answers", "report"), ("course",)


@require_safe
@for_staff(TREAT)
def patient(request: StaffVisit, episode: UUID) -> HttpResponse:
    """The page of a patient."""
    found = reading.opened(staff=request.staff, episode=episode, now=request.visitor.now)
    values = {**around(found), "therapists": reading.therapists(staff=request.staff)}
    if found.lifter is not None:
        values |= _shown(found)
    return render(request, "clinic/patients/patient.html", values)


def around(found: Patient) -> dict[str, Any]:
    """What the head of every page of a patient shows."""
    return {"found": found, "episode": found.episode, "reasons": words.lines(found.row)}


def _shown(found: Patient) -> dict[str, Any]:
    pages, plan = found.pages, found.plan
    course, answers = pages["course"], pages["answers"]
    judged = [] if plan is None else plan["judged"]
    alarming = [one.pk for one in found.told if tells_sign(one)]
    return {
        "answers": answers,
        "plan": plan,
        "course": course,
        "picture": drawn(course["recent"]["svg"]) if course and not course["held"] and course.get("recent") else "",
        "weeks": drawn(answers["pictures"]["weeks"]) if answers and answers["weeks"]["weeks"] else "",
        "judged": judged,
        "told": words.told(found.told, alarming),
    }


@require_safe
@for_staff(TREAT)
def answers(request: StaffVisit, episode: UUID) -> HttpResponse:
    """The seven answers as the lifter reads them, each with its reasons."""
    found = reading.opened(staff=request.staff, episode=episode, now=request.visitor.now, names=_ANSWERS)
    page, wanted = found.pages.get("answers"), request.GET.get("why", "")
    values = {**around(found), "page": page, "wanted": wanted}
    if page is not None and wanted in {"0", *(str(one["number"]) for one in page["answers"])}:
        name = "triage" if wanted == "0" else f"answer {wanted}"
        values["tree"] = operations.why_tree(assessment=found.pages["report"], name=name)
    return render(request, "clinic/patients/answers.html", values)


@require_safe
@for_staff(TREAT)
def course(request: StaffVisit, episode: UUID) -> HttpResponse:
    """The course as the lifter sees it."""
    found = reading.opened(staff=request.staff, episode=episode, now=request.visitor.now, names=_COURSE)
    page = found.pages.get("course")
    values = {**around(found), "course": page}
    if page is not None and not page["held"]:
        smallest = page["smallest_change"]["value"]
        picture = operations.course_picture(days=page["days"], smallest=smallest)
        values |= {"picture": drawn(picture["svg"]), "picture_words": picture["words"]}
    return render(request, "clinic/patients/course.html", values)


@require_POST
@for_staff(TREAT)
def assign(request: StaffVisit, episode: UUID) -> HttpResponse:
    """Give a patient to a therapist of the clinic."""
    found = reading.episode_of(staff=request.staff, episode=episode)
    chosen = request.POST.get("therapist", "")
    therapist = next((one for one in reading.therapists(staff=request.staff) if str(one.pk) == chosen), None)
    if therapist is None and chosen:
        messages.error(request, _("That therapist is not of this clinic any more. Choose another one, please."))
        return redirect("clinic:patient", episode)
    episodes.assign(staff=request.staff, episode=found, therapist=therapist, now=request.visitor.now)
    messages.success(request, _("Kept: this is who treats them now."))
    return redirect("clinic:patient", episode)


@require_POST
@for_staff(TREAT)
def close(request: StaffVisit, episode: UUID) -> HttpResponse:
    """End an episode with a reason."""
    found = reading.episode_of(staff=request.staff, episode=episode)
    try:
        episodes.close(staff=request.staff, episode=found, why=request.POST.get("why", ""), now=request.visitor.now)
    except NotNowError as error:
        messages.error(request, str(error))
        return redirect("clinic:patient", episode)
    messages.success(request, _("Ended. You see nothing more of their records from now on."))
    return redirect("clinic:patients")


def drawn(svg: str) -> SafeString:
    """A drawing of the engine for a page."""
    return mark_safe(svg)  # noqa: S308 - SVG made by our own code, which escapes every word in it
