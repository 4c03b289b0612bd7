"""The worklist: everybody who waits for the clinic, in the order in which it has to be done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from liftback.records.read.clinic import alive, mails
from liftback.records.read.clinic import worklist as lists
from liftback.web.clinic.desk.rows import row_of
from liftback.web.shared.working import CLINIC, StaffVisit, for_staff

_NUMBERS = 6
"""Digits of a page number that anybody could mean."""


@require_safe
@for_staff()
def desk(request: StaffVisit) -> HttpResponse:
    """The page."""
    values = _list_values(request)
    staff, now = request.staff, request.visitor.now
    values["clinics"] = staff.clinics
    values["unsent"] = mails.unsent(staff.clinic, now=now)
    values["last_tick"] = alive.last_tick(now)
    values["silent"] = alive.is_silent(values["last_tick"], now=now)
    return render(request, "clinic/desk/desk.html", values)


@require_safe
@for_staff()
def rows(request: StaffVisit) -> HttpResponse:
    """The list by itself, for a page that stays open; nothing (204) while it would look the same."""
    view, page = _wanted(request)
    version = lists.version(staff=request.staff, now=request.visitor.now, view=view, page=page)
    if version == request.GET.get("v"):
        return HttpResponse(status=204)
    values = _list_values(request, again=True)
    values["said"] = _what_changed(request.GET.get("seen", ""), values["list"].counts)
    return render(request, "clinic/desk/_list.html", values)


@require_POST
@for_staff()
def switch(request: StaffVisit) -> HttpResponse:
    """Put another of one's clinics in front."""
    wanted = request.POST.get("clinic", "")
    found = next((one for one in request.staff.clinics if str(one.pk) == wanted), None)
    if found is not None:
        request.session[CLINIC] = found.pk
    return redirect("clinic:desk")


def _wanted(request: StaffVisit) -> tuple[str, int]:
    view, page = request.GET.get("view", ""), request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= _NUMBERS else 1
    return view if view in lists.VIEWS else lists.OPEN, number


def _list_values(request: StaffVisit, *, again: bool = False) -> dict[str, Any]:
    view, page = _wanted(request)
    who: dict[str, Any] = {"staff": request.staff, "now": request.visitor.now}
    version = lists.version(**who, view=view, page=page)
    found = lists.worklist(**who, view=view, page=page, again=again)
    seen, zone = _seen(found.counts), ZoneInfo(request.staff.clinic.zone)
    return {
        "list": found,
        "rows": [row_of(one, now=request.visitor.now, zone=zone) for one in found.items],
        "tabs": _tabs(found),
        "poll": f"{reverse('clinic:desk_rows')}?{urlencode({'view': view, 'page': page, 'v': version, 'seen': seen})}",
        "before": _address(view, found.page - 1) if found.page > 1 else "",
        "after": _address(view, found.page + 1) if found.page < found.pages else "",
        "here": _address(view, found.page),
        "zone": request.staff.clinic.zone,
        "now": request.visitor.now,
    }


def _address(view: str, page: int) -> str:
    return f"{reverse('clinic:desk')}?{urlencode({'view': view, 'page': page})}"


def _tabs(found: lists.Worklist) -> list[dict[str, Any]]:
    words = {
        lists.OPEN: _("All open"),
        lists.MINE: _("Mine"),
        lists.UNCLAIMED: _("Nobody's yet"),
        lists.SNOOZED: _("Put off"),
        lists.CLOSED: _("Closed lately"),
    }
    return [
        {"url": f"?view={view}", "label": f"{words[view]} ({found.counts[view]})", "current": view == found.view}
        for view in lists.VIEWS
    ]


def _seen(counts: Any) -> str:
    return ".".join(str(counts[name]) for name in ("open", "flagged", "late"))


def _what_changed(seen: str, counts: Any) -> str:
    """A sentence for who cannot see the list change; empty where its numbers are the same."""
    if seen == _seen(counts):
        return ""
    told = ngettext("%(open)s request is open", "%(open)s requests are open", counts["open"])
    return _("The list has changed: %(open)s, %(flagged)s with a warning sign, %(late)s late.") % {
        "open": told % {"open": counts["open"]},
        "flagged": counts["flagged"],
        "late": counts["late"],
    }
