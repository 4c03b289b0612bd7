"""What every template can use: the navigation, units, theme, language, and whether this is a trial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from liftback.records.staff import REPORT, SETTINGS, TREAT, Staff
from liftback.web.shared.visiting import TOLD, Visit, Visitor
from liftback.web.shared.working import staff_of

THEMES = ("system", "light", "dark")
DESK = "/desk/"
"""Everything below it is for those who work in a clinic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the navigation."""

    url: str
    name: str
    icon: str
    current: bool


def around(request: HttpRequest) -> dict[str, Any]:
    """The values for `base.html` and whatever else needs them."""
    visitor = getattr(cast("Visit", request), "visitor", None) or Visitor(request=request)
    theme = request.COOKIES.get("theme", "system")
    lifter = visitor.lifter if hasattr(request, "user") else None
    staff = staff_of(cast("Visit", request)) if visitor.person is not None and hasattr(request, "visitor") else None
    timezone.activate(visitor.zone)
    return {
        "visitor": visitor,
        "lifter": lifter,
        "staff": staff,
        "nav": list(_places(request, staff, signed_in=hasattr(request, "user") and request.user.is_authenticated)),
        "unit": lifter.unit if lifter is not None else request.COOKIES.get("unit", ""),
        "theme": theme if theme in THEMES else "system",
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
    }


@cache  # six of them on every page
def _address(name: str) -> str:
    return reverse(name)


def _places(request: HttpRequest, staff: Staff | None, *, signed_in: bool) -> Iterator[Place]:
    if staff is not None and request.path.startswith(DESK):
        wanted = list(_at_work(staff))
    elif signed_in:
        wanted = [
            ("lifter:today", _("Today"), "today"),
            ("lifter:check_in", _("Check-in"), "check-in"),
            ("lifter:plan", _("Plan"), "plan"),
            ("lifter:course", _("Course"), "course"),
            ("lifter:answers", _("Answers"), "answers"),
            ("lifter:more", _("More"), "more"),
        ]
    else:
        told = hasattr(request, "session") and TOLD in request.session
        wanted = [
            ("lifter:landing", _("Start"), "start"),
            ("lifter:now", _("Just hurt it"), "first-hours"),
            *([("lifter:answers", _("Answers"), "answers")] if told else []),
            ("account_login", _("Sign in"), "sign-in"),
        ]
    for name, label, icon in wanted:
        url = _address(name)
        whole = len(url) > 1 and name != "clinic:desk"  # every other place of the desk lies below it
        here = request.path == url or (whole and request.path.startswith(url))
        yield Place(url=url, name=label, icon=icon, current=here)


def _at_work(staff: Staff) -> Iterator[tuple[str, str, str]]:
    yield "clinic:desk", _("Requests"), "today"
    yield "clinic:desk_calls", _("Calls"), "check-in"
    if staff.may(TREAT):
        yield "clinic:patients", _("Patients"), "course"
    if staff.may(REPORT):
        yield "clinic:promises", _("Promise"), "plan"
    if staff.may(SETTINGS):
        yield "clinic:practice", _("Clinic"), "more"
