"""The weekly form: short questionnaires, scored, with what has changed beyond the noise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from liftback import operations
from liftback.records import read
from liftback.web.lifter.course.forms import weekly_given
from liftback.web.lifter.course.telling import keep_entry, set_aside, taken_up, whose
from liftback.web.lifter.training.telling import day_of, id_of
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import LifterVisit, for_lifters

EACH_WEEK = ("peg", "own_lifts")
"""Six taps. What is asked each week, and what may be added to it now and then."""
NOW_AND_THEN = ("phq4", "rmdq")
OWN_LIFTS = "own_lifts"
A_WEEK = timedelta(days=6)
_SHOWN = 12
_LONGEST_LIFT = 60
VERDICTS = {
    "better": (gettext_lazy("Better, by more than the noise"), "good"),
    "worse": (gettext_lazy("Worse, by more than the noise"), "careful"),
    "within_noise": (gettext_lazy("No change beyond the noise"), "calm"),
    "unknown": (gettext_lazy("Whether it changed cannot be told"), "calm"),
}


@require_http_methods(["GET", "POST"])
@limited("weekly", times=30, seconds=60)
def weekly(request: HttpRequest) -> HttpResponse:
    """The page and what it sends. A form whose sign-in ran out meanwhile is set aside, and is there after it."""
    if request.method == "POST" and not request.user.is_authenticated:
        return set_aside(request)
    return _keep(request) if request.method == "POST" else _show(request)


@for_lifters
def _show(request: LifterVisit) -> HttpResponse:
    left = taken_up(request)
    if left is not None:
        return _page(request, values=left, notice=_("You were signed out before this was kept."))
    return _page(request, values=None)


@for_lifters
def _keep(request: LifterVisit) -> HttpResponse:
    ids = _asked(request)
    answers, errors = weekly_given(request.POST, ids)
    if errors or not answers:
        notice = "" if errors else _("Nothing is told yet. Tap at least one answer, then keep it.")
        return _page(request, values=request.POST, errors=errors, notice=notice)
    lifts = [" ".join(name.split())[:_LONGEST_LIFT] for name in request.POST.getlist("lift")]
    payload = {"forms": answers, "lifts": lifts}
    keep_entry(request, kind="weekly", payload=payload, day=day_of(request), client_id=id_of(request))
    messages.success(request, _("Kept."))
    return redirect("lifter:weekly")


def _asked(request: LifterVisit) -> list[str]:
    more = request.POST.getlist("more") + request.GET.getlist("more")
    return [*EACH_WEEK, *(name for name in NOW_AND_THEN if name in more)]


def _page(
    request: LifterVisit,
    *,
    values: Mapping[str, Any] | None,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
) -> HttpResponse:
    told = read.weekly_forms(actor=request.person, lifter=request.lifter, most=_SHOWN)
    recent = bool(told) and told[-1]["day"] >= request.visitor.today - A_WEEK
    more = [name for name in NOW_AND_THEN if name in (*request.GET.getlist("more"), *request.POST.getlist("more"))]
    shown = values is not None or not recent or "again" in request.GET or bool(more)
    lifts = request.POST.getlist("lift") or (list(told[-1].get("lifts") or ()) if told else [])
    asked = [_form(name, values or {}, errors or {}, lifts) for name in (*EACH_WEEK, *more)]
    return render(
        request,
        "lifter/course/weekly.html",
        {
            "asked": asked if shown else [],
            "more": more,
            "others": [_named(name) for name in NOW_AND_THEN if name not in more],
            "day": (values or {}).get("day") or request.visitor.today.isoformat(),
            "client_id": (values or {}).get("client_id") or str(uuid4()),
            "whose": whose(request),
            "notice": notice,
            "error_list": [{"id": f"{field}-error", "text": text} for field, text in (errors or {}).items()],
            "results": list(results(told)),
        },
    )


def _form(name: str, values: Mapping[str, Any], errors: Mapping[str, str], lifts: Sequence[str]) -> dict[str, Any]:
    """A questionnaire as the page shows it, each item with its field, its value and what is wrong with it."""
    form = operations.forms(form=name)[0]
    names = [*lifts, "", "", ""]
    items = [
        {
            **item,
            "field": f"{name}.{item['id']}",
            "value": values.get(f"{name}.{item['id']}", ""),
            "error": errors.get(f"{name}.{item['id']}", ""),
            "lift": names[place] if name == OWN_LIFTS else None,
        }
        for place, item in enumerate(form["items"])
    ]
    return {**form, "asked": items}


def _named(name: str) -> dict[str, Any]:
    form = operations.forms(form=name)[0]
    return {"id": name, "name": form["name"], "count": len(form["items"])}


def results(told: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each questionnaire that was ever answered: its newest score in words, and a row for each week, newest first."""
    for name in (*EACH_WEEK, *NOW_AND_THEN):
        weeks = [one for one in told if name in (one.get("forms") or {})]
        rows = [row for row in map(_row, [name] * len(weeks), [None, *weeks], weeks) if row is not None]
        if rows:
            form = operations.forms(form=name)[0]
            wanted = ("name", "lowest", "highest", "better", "note", "citation")
            yield {**{one: form[one] for one in wanted}, "id": name, "rows": rows[::-1], "newest": rows[-1]}


def _row(name: str, before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> dict[str, Any] | None:
    """The score of a week, and how it changed since the one before; None for answers that cannot be read any more."""
    # Other lifts under the same three questions are another scale.
    same = before is not None and (name != OWN_LIFTS or before.get("lifts") == now.get("lifts"))
    earlier = before["forms"][name] if before is not None and same else None
    try:
        score, change = operations.score_form(form=name, answers=now["forms"][name], earlier=earlier)
    except operations.FormError:
        return None
    words, tone = VERDICTS[change.value] if change is not None else ("", "calm")
    return {
        "day": now["day"],
        "value": None if score.value is None else round(score.value, 1),
        "missing": len(score.missing),
        "said": list(score.said),
        "help": list(score.help),
        "verdict": words,
        "tone": tone,
        "why": "" if change is None else change.why,
    }
