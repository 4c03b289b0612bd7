"""The seven answers: what to do first, each answer on a page of its own, why, and all of it on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liftback import operations
from liftback.web.lifter.front.telling import Telling, told_now
from liftback.web.shared.visiting import HELD, INTERVIEW, Visit

P = ParamSpec("P")
TRIAGE = 0
"""The number under which the triage's own reasons are asked for."""
YEAR = 365
"""Days. Ranges are told up to a year: an open end lies beyond it."""


def with_answers(view: Callable[Concatenate[Visit, Any, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of what follows from what was told. Without a story it leads to the doors, in an emergency to its page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **given: P.kwargs) -> HttpResponse:
        visit = cast("Visit", request)
        page = visit.visitor.page("answers")
        if page is None:
            return redirect("lifter:interview" if INTERVIEW in request.session else "lifter:gone")
        if page["advice"]["emergency"]:
            return redirect("lifter:emergency")
        return view(visit, page, *args, **given)

    return require_safe(never_cache(guarded))


@with_answers
def answers(request: Visit, page: Any) -> HttpResponse:
    """What to do first, the seven headlines, and what to do next."""
    weeks = mark_safe(page["pictures"]["weeks"])  # noqa: S308 - SVG made by our own code, which escapes every word in it
    return render(request, "lifter/front/answers.html", {"page": page, "next": _next_steps(request), "weeks": weeks})


@with_answers
def answer(request: Visit, page: Any, number: int) -> HttpResponse:
    """One of the seven answers."""
    found = _numbered(page, number)
    shown = {
        "page": page,
        "answer": found,
        "cited": [one for one in page["sources"] if one["number"] in found["sources"]],
        "before": next((one for one in page["answers"] if one["number"] == number - 1), None),
        "after": next((one for one in page["answers"] if one["number"] == number + 1), None),
        "bars": bars_of(page) if found["timeline"] else [],
    }
    return render(request, "lifter/front/answer.html", shown)


@with_answers
def why(request: Visit, page: Any, number: int) -> HttpResponse:
    """The tree of reasons of an answer, or of the triage."""
    found = None if number == TRIAGE else _numbered(page, number)
    name = "triage" if found is None else f"answer {number}"
    tree = operations.why_tree(assessment=request.visitor.page("report"), name=name)
    template = "lifter/front/_why.html" if request.htmx else "lifter/front/why.html"
    return render(request, template, {"tree": tree, "answer": found, "page": page})


@with_answers
def answers_print(request: Visit, page: Any) -> HttpResponse:
    """All of it on paper."""
    return render(request, "lifter/front/print.html", {"page": page, "bars": bars_of(page)})


def _numbered(page: Any, number: int) -> Any:
    for one in page["answers"]:
        if one["number"] == number:
            return one
    raise Http404(_("There are seven answers, and this is none of them."))


def bars_of(page: Any) -> list[dict[str, Any]]:
    """The ranges as bars on one axis, which ends at the latest end that there is; an open end goes to its edge."""
    ends = [YEAR if end is None else end for one in page["ranges"] for end in (one["half"][1], one["most"][1])]
    edge = max(ends, default=0) or 1

    def end(value: float | None) -> float:
        return edge if value is None else value

    return [
        {
            **one,
            "low": one["most"][0],
            "high": end(one["most"][1]),
            "inner_low": one["half"][0],
            "inner_high": end(one["half"][1]),
            "max": edge,
        }
        for one in page["ranges"]
    ]


def _next_steps(request: Visit) -> dict[str, Any]:
    """What would tell more: questions still to come, a log, an account."""
    now: Telling | None = told_now(request)
    step = None if now is None else now.step
    return {
        "step": None if now is None or step is None else now.values(),
        "unkept": request.visitor.lifter is not None and now is not None and now.interview.done > 0,
        "log": bool(request.session.get(HELD)),
    }
