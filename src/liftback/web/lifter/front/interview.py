"""The interview: one question a screen, each answer kept before the next is asked, and an emergency shown at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from liftback import operations
from liftback.web.lifter.front import telling as told
from liftback.web.lifter.front.telling import NothingToldError, Telling
from liftback.web.shared.accounts import forget
from liftback.web.shared.engine_words import translated
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import TOLD, Visit, for_lifters

DOORS = {"achy": "lifter:interview", "hurt": "lifter:now", "serious": "lifter:interview"}
_READY = {"ready": "lifter:answers", "emergency": "lifter:emergency"}
A_MINUTE = 60


def with_something_told(view: Callable[[Any], HttpResponse]) -> Callable[[Any], HttpResponse]:
    """A view of an interview; without one it says that nothing is held any more, and how to begin."""

    @wraps(view)
    def guarded(request: Any) -> HttpResponse:
        try:
            return view(request)
        except NothingToldError:
            return _go(request, "lifter:gone")

    return never_cache(guarded)


@require_POST
@limited("start", times=60, seconds=A_MINUTE)
def start(request: HttpRequest) -> HttpResponse:
    """Come in by one of three doors (it is achy; I just hurt it; is it serious?)."""
    visit = cast("Visit", request)
    door = request.POST.get("door", "")
    anew = "anew" in request.POST
    if door == "serious" and told.kept_story(visit) is not None:
        if anew:
            told.signs_anew(visit)
        return redirect("lifter:signs")
    told.begin(visit, door if door in DOORS else "achy", anew=anew)
    return redirect(DOORS.get(door, "lifter:interview"))


@require_http_methods(["GET", "POST"])
@limited("interview", times=240, seconds=A_MINUTE)
@with_something_told
def interview(request: Visit) -> HttpResponse:
    """The step of the interview, and its answer."""
    return _asked(request, told.telling(request), done="lifter:answers")


@require_http_methods(["GET", "POST"])
@limited("interview", times=240, seconds=A_MINUTE)
@for_lifters
@with_something_told
def signs(request: Visit) -> HttpResponse:
    """The warning signs gone through again by a lifter; nothing else is asked."""
    if request.method == "POST" and told.signs_over(request):
        return _go(request, "lifter:today")
    try:
        now = told.signs_again(request)
    except NothingToldError:  # nothing was ever told here: then it is the interview that begins with them
        told.begin(request, "serious", anew=False)
        return _go(request, "lifter:interview")
    return _asked(request, now, done="lifter:today")


@require_POST
@with_something_told
def interview_back(request: Visit) -> HttpResponse:
    """Take the last answer back."""
    told.telling(request).back()
    return _go(request, "lifter:interview")


@require_POST
@for_lifters
@with_something_told
def signs_back(request: Visit) -> HttpResponse:
    """Take the last answer about warning signs back."""
    told.signs_again(request).back()
    return _go(request, "lifter:signs")


@require_POST
def interview_forget(request: HttpRequest) -> HttpResponse:
    """Forget what the session holds: the story so far, the log dropped for it, and which door it was."""
    forget(request)
    for key in (told.DOOR, told.SIGNS, told.LEG_MARKED):
        request.session.pop(key, None)
    messages.success(request, _("Forgotten. Nothing of what you told here is kept any more."))
    return redirect("lifter:landing")


@require_safe
@never_cache
def interview_story(request: HttpRequest) -> HttpResponse:
    """What was told, as a story file to keep."""
    try:
        document = told.telling(cast("Visit", request)).document()
    except NothingToldError:
        return redirect("lifter:gone")
    headers = {"Content-Disposition": 'attachment; filename="my-back-story.yaml"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(document, content_type="application/yaml; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
@with_something_told
def interview_save(request: Visit) -> HttpResponse:
    """What saving means: a file or an account for a stranger; for a lifter it is kept by one tap."""
    now = told.telling(request)
    if request.method == "POST" and request.visitor.person is not None:
        now.keep_in_records("interview")
        messages.success(request, _("Kept with your account. You can go on at any time."))
        return _go(request, _READY["emergency"] if now.is_emergency else _READY["ready"])
    return render(request, "lifter/front/save.html", {"telling": now})


@require_safe
@never_cache
def gone(request: HttpRequest) -> HttpResponse:
    """There is no interview here: it ran out, or cookies are not kept."""
    return render(request, "lifter/front/gone.html", {"story": told.kept_story(cast("Visit", request))})


def _asked(request: Visit, now: Telling, *, done: str) -> HttpResponse:
    """The answer to a form, or the step as it is."""
    if now.step is None:
        return _ended(request, now, done)
    if request.method != "POST":
        return _shown(request, now)
    try:
        after = now.answered(dict(request.POST.lists()))
    except operations.StaleStepError as error:
        return _shown(request, now, note=str(error))
    except operations.AnswerError as error:
        return _shown(request, now, error=translated(str(error)), given=request.POST)
    outcome = after.outcome(now)
    if after.step is None or outcome != "asking":
        return _ended(request, after, done if after.again else _READY[outcome])
    return _go(request, "lifter:signs" if after.again else "lifter:interview")


def _ended(request: Visit, now: Telling, done: str) -> HttpResponse:
    if now.is_emergency:
        return _go(request, _READY["emergency"])
    if now.again:
        told.end_signs(request)
        messages.success(request, _("Thank you. The warning signs of today are kept."))
    return _go(request, done)


def _shown(request: Visit, now: Telling, *, note: str = "", error: str = "", given: Any = None) -> HttpResponse:
    values = now.values()
    if given is not None:
        values["given"] = given.getlist(values["field"])
        values["given_unit"] = given.get("unit", "")
    shown = {
        "step": values,
        "note": note,
        "error": error,
        "again": now.again,
        "serious": bool(values["quote"]) and values["stage"] == "gates",
        "leg_marked": values["field"] == told.ABOUT_THE_LEG and request.session.get(told.LEG_MARKED, False),
        "judged": now.judged and (TOLD in request.session or request.visitor.lifter is not None),
        "action": reverse("lifter:signs" if now.again else "lifter:interview"),
        "back": reverse("lifter:signs_back" if now.again else "lifter:interview_back") if values["done"] else "",
    }
    page = "lifter/front/_step.html" if request.htmx else "lifter/front/interview.html"
    return render(request, page, shown)


def _go(request: Any, name: str) -> HttpResponse:
    """To another page; a step of the same interview is swapped in place by HTMX, any other page is loaded whole."""
    same = name in ("lifter:interview", "lifter:signs")
    if request.htmx and not same:
        return HttpResponseClientRedirect(reverse(name))
    return redirect(name)
