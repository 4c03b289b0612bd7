"""The seven answers as a PDF to print or to hand to a clinician: what to do first, the course, the answers, the week.

All words go in as data and are set as text, so that nothing a lifter wrote is ever read as an instruction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liftback import operations
from liftback.records.working_out import RECENT as SPAN
from liftback.web.shared.engine_words import translated
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import Visit

_PAGE = Path(__file__).with_name("report.typ")
_COURSE_SAID = ("Your trend", "How your back answers to training")


@require_safe
@never_cache
@limited("report", times=20, seconds=60, methods=("GET",))
def report(request: Visit) -> HttpResponse:
    """The report of a lifter, or of a stranger's session."""
    answers = request.visitor.page("answers")
    if answers is None:
        return redirect("lifter:landing")
    pages = {"answers": answers, "course": request.visitor.page("course"), "plan": request.visitor.page("plan")}
    name = f"liftback-{request.visitor.today.isoformat()}.pdf"
    return HttpResponse(
        pdf_of(report_data(**pages, today=request.visitor.today)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def pdf_of(data: Mapping[str, Any]) -> bytes:
    """The report set as a PDF that a screen reader can follow."""
    given = {"data": json.dumps(_in_the_readers_language(data))}
    try:
        made = _setter().compile(format="pdf", sys_inputs=given, pdf_standards=["ua-1"])
    except typst.TypstError:
        # Signs that the type has no letter for are no reason to give no report: then it is tagged all the same.
        made = _setter().compile(format="pdf", sys_inputs=given)
    return cast("bytes", made)


@cache
def _setter() -> typst.Compiler:
    """What sets the page, with the type that comes with it and no other, so that it looks the same anywhere."""
    return typst.Compiler(str(_PAGE), root=str(_PAGE.parent), ignore_system_fonts=True)


def _in_the_readers_language(value: Any) -> Any:
    """Every sentence of the engine in the reader's language, where it has one."""
    if isinstance(value, str):
        return translated(value)
    if isinstance(value, Mapping):
        return {name: _in_the_readers_language(part) for name, part in value.items()}
    return [_in_the_readers_language(part) for part in value] if isinstance(value, list) else value


# --- what is on it ---------------------------------------------------------------------------------------------------


def report_data(
    *, answers: Mapping[str, Any], course: Mapping[str, Any] | None, plan: Any, today: date
) -> dict[str, Any]:
    """What the page is set from, as JSON values."""
    cited = set(answers["cited"])
    return {
        "lang": (get_language() or "en").split("-")[0],
        "title": answers["title"],
        "made": gettext("Made on %(day)s from what you told") % {"day": date_format(today, "j F Y")},
        "foot": gettext("Liftback · education and decision support, not a diagnosis"),
        "words": _words(),
        "advice": answers["advice"],
        "said_once": answers["said_once"],
        "answers": [_answer(one) for one in answers["answers"]],
        "ranges": answers["ranges"],
        "timeline": _picture(answers["pictures"]["timeline"], " ".join(one["text"] for one in answers["ranges"])),
        "course": _course(course),
        "plan": _plan(plan),
        "sources": [one for one in answers["sources"] if one["number"] in cited],
        "about": answers["about"],
    }


def _words() -> dict[str, str]:
    return {
        "say": _("Say this"),
        "do_not": _("Better not"),
        "watch_for": _("Watch for these"),
        "course": _("How it is going"),
        "milestone": _("Milestone"),
        "outcome": _("What"),
        "half": _("Half of the time"),
        "most": _("Eight times in ten"),
        "missing": _("Not within a year"),
        "answers": _("Seven answers"),
        "how_sure": _("How sure:"),
        "plan": _("The week in short"),
        "day": _("Days"),
        "what": _("What to do"),
        "dose": _("How much"),
        "sources": _("Where this comes from"),
    }


def _answer(one: Mapping[str, Any]) -> dict[str, Any]:
    wanted = ("number", "question", "headline", "blocks", "how_sure", "timeline")
    return {**{name: one[name] for name in wanted}, "cited": ", ".join(str(number) for number in one["cited"])}


def _course(course: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if course is None:
        return None
    said = [block for one in course["sections"] if one["question"] in _COURSE_SAID for block in one["blocks"]]
    picture = operations.course_picture(days=course["days"][-SPAN:], smallest=course["smallest_change"]["value"])
    return {
        "headline": course["headline"],
        "alarm": course["alarm"],
        "picture": _picture(picture["svg"], picture["words"]),
        "blocks": said,
        "milestones": course["milestones"],
    }


def _picture(svg: str, words: str) -> dict[str, Any]:
    return {"svg": operations.paper_picture(svg=svg), "words": words}


def _plan(plan: Any) -> dict[str, Any] | None:
    """The tasks of the days that train, each with its days; nothing of a plan that waits."""
    if plan is None:
        return None
    if plan["held"]:
        return {"headline": [one["text"] for one in plan["stop"]["said"]] if plan["stop"] else [], "days": []}
    days: dict[tuple[str, str], list[str]] = {}
    for day in plan["days"]:
        for task in day["tasks"] if day["trains"] else ():
            stands_for = f" ({task['lift']})" if task["stands_in"] and task["lift"] != task["name"] else ""
            days.setdefault((f"{task['name']}{stands_for}", task["dose"]), []).append(day["name"])
    rows = [{"name": name, "dose": dose, "days": ", ".join(named)} for (name, dose), named in days.items()]
    return {"headline": [one["text"] for one in plan["headline"]], "days": rows}
