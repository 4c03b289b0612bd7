"""Answers, plan and course worked out from what was told, laid out as values, and kept until something changes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from liftback import operations
from liftback.facts.story import Story
from liftback.plans.parts import Plan
from liftback.records import course_state, edits, signed_by, summary
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.read.inputs import Inputs, inputs_of
from liftback.records.tables.people import Lifter
from liftback.records.tables.worked_out import Snapshot
from liftback.records.versions import made_with

PAGES = ("answers", "plan", "course")
_QUICK = 1
RECENT = 84
"""Days of a course's picture unless all are asked for: twelve weeks."""
JUDGED_FOR = timedelta(days=28)
"""How far back a plan's page tells what was done, with its light."""


def plan_from(inputs: Inputs, *, today: date) -> Plan | None:
    """The plan of today with what therapists changed in it: never more than the plan by itself."""
    plan = plan_by_itself(inputs, today=today)
    return None if plan is None else operations.edited_plan(plan=plan, edits=inputs.care.changes)


def plan_by_itself(inputs: Inputs, *, today: date) -> Plan | None:
    """The plan of today: made on the day it began, replayed with all that was done, and gone on with."""
    if inputs.story is None:
        return None
    given: dict[str, Any] = {"story": inputs.story, "log": inputs.log, "diary": inputs.diary}
    begun = inputs.begun or today
    if not inputs.done and inputs.asked_again is None:
        return operations.make_plan(**given, today=today, begun=begun, flare_begun=inputs.flare_begun, told=inputs.told)
    plan = operations.make_plan(**given, today=begun, begun=begun)
    for done in inputs.done:
        try:
            plan = operations.record_exposure(plan=plan, done=done)
        except operations.PlanError:
            continue  # a lift of an earlier week that is no longer in the plan; the row itself is kept
    return operations.next_week(
        plan=plan,
        **given,
        today=today,
        asked_again=inputs.asked_again,
        flare_begun=inputs.flare_begun,
        told=inputs.told,
    )


def pages_from(inputs: Inputs, *, today: date, names: Sequence[str] = PAGES) -> dict[str, Any]:
    """The values of the named pages; None for a page that there is nothing for yet.

    With the answers comes `report`, the whole assessment that the reasons are told from: large, and seldom asked for.
    """
    if inputs.story is None:
        return {**dict.fromkeys(names), **({"report": None} if "answers" in names else {})}
    # The course first: it reads the whole diary, and answers and plan then take what they need of it from there.
    order = sorted(names, key=("course", "answers", "plan").index)
    found = {name: _WORKED_OUT[name](inputs, inputs.story, today) for name in order}
    if "answers" in found:
        found["report"] = found["answers"].pop("report")
    return found


def page_with(name: str) -> str:
    """The page with which a part is worked out."""
    return "answers" if name == "report" else name


def _course_page(inputs: Inputs, story: Story, today: date) -> Any:
    try:
        followed = operations.follow(story=story, log=inputs.log, diary=inputs.diary, today=today)
    except operations.DiaryError:
        return None  # no score yet: the page asks for the first
    page = operations.course_page(followed=followed)
    del page["picture"]  # of all days, drawn when it is asked for
    smallest = page["smallest_change"]["value"] if not page["held"] else None
    # Drawn once for each change, since the picture is asked for far more often than the course moves.
    return {**page, "recent": operations.course_picture(days=page["days"][-RECENT:], smallest=smallest)}


def _answers_page(inputs: Inputs, story: Story, today: date) -> dict[str, Any]:
    assessment = operations.assess(story=story, log=inputs.log, diary=inputs.diary, today=today)
    return {
        **operations.answers_page(assessment=assessment),
        "report": operations.assessment_json(assessment),
        "troubles": list(inputs.troubles),
    }


def _plan_page(inputs: Inputs, _story: Story, today: date) -> dict[str, Any] | None:
    plan = plan_by_itself(inputs, today=today)
    if plan is None:
        return None
    changed = operations.edited_plan(plan=plan, edits=inputs.care.changes)
    values = _plan_values(changed, inputs, today=today)
    # What the plan asks by itself stands beside what a therapist made of it.
    return {**values, "by_itself": operations.lift_doses(plan=plan)}


def _plan_values(plan: Plan, inputs: Inputs, *, today: date) -> dict[str, Any]:
    """The plan laid out, with lights, moves and clearance, what therapists changed, and what they stand by."""
    care = inputs.care
    shown = operations.plan_page_values(plan=plan)
    del shown["earlier"]  # every change there ever was: no page shows it, and it grows with the history
    values = edits.marked({**shown, **operations.doing_values(plan=plan)}, care.edits)
    values["criteria"] = operations.criteria_questions(plan=plan)
    values["clearance"] = _clearance(plan, inputs, values["clearance"], today=today)
    print_of = edits.fingerprint(operations.plan_digest(plan=plan), care.edits)
    return {
        **values,
        "judged": operations.judged_values(plan=plan, since=today - JUDGED_FOR),
        "fingerprint": print_of,
        "checked": signed_by.checked_values(care, print_of),
        "cleared": signed_by.cleared_values(care, values["clearance"]),
    }


def _clearance(plan: Plan, inputs: Inputs, found: Any, *, today: date) -> Any:
    """Clearance with whoever signed it: a therapist, else the lifter for themselves, which is their own word."""
    signed = signed_by.therapists_word(inputs.care) or _own_word(inputs)
    if signed is None or inputs.story is None or plan.held:
        return found
    judged = operations.clearance(
        plan=plan,
        story=inputs.story,
        today=today,
        log=inputs.log,
        diary=inputs.diary,
        told=inputs.told,
        signed=signed,
    )
    return operations.clearance_values(found=judged)


def _own_word(inputs: Inputs) -> operations.Signature | None:
    name = str((inputs.signed or {}).get("name") or "").strip()
    if inputs.signed is None or not name:
        return None
    return operations.Signature(by="lifter", name=name, day=inputs.signed["day"])


_WORKED_OUT: Mapping[str, Callable[[Inputs, Story, date], Any]] = {
    "answers": _answers_page, "plan": _plan_page, "course": _course_page,
}  # fmt: skip


def work_out(lifter: Lifter, *, today: date, now: datetime, names: Sequence[str] = PAGES) -> dict[str, Any]:
    """Work out pages of a lifter and keep them, unless something newer was kept meanwhile.

    Only with all of them the lifter's records are no longer stale; somebody who waits for one page gets that one first.
    Raises NotAllowedError for a lifter who was deleted meanwhile.
    """
    revision = Lifter.objects.filter(pk=lifter.pk).values_list("revision", flat=True).first()
    if revision is None:
        raise NotAllowedError(NOT_YOURS)
    inputs = inputs_of(lifter, today=today)
    pages = pages_from(inputs, today=today, names=names)
    whole = set(names) == set(PAGES)
    if whole:
        pages[summary.NAME] = summary.summary_of(lifter, pages)
    current = not whole or course_state.is_current(lifter, revision)
    begun = None if current else course_state.begun(inputs, today=today)
    with transaction.atomic():
        row = Lifter.objects.select_for_update().filter(pk=lifter.pk).first()
        if row is None:
            raise NotAllowedError(NOT_YOURS)
        kept = {one.name: one for one in Snapshot.objects.filter(lifter=row).only("id", "name", "revision", "lifter")}
        for name, values in pages.items():
            there = kept.get(name)
            if there is not None and there.revision > revision:
                continue
            Snapshot.objects.update_or_create(
                lifter=row,
                name=name,
                defaults={
                    "as_of": today,
                    "revision": revision,
                    "made_with": made_with(),
                    "content": packed(values),
                    "made_at": now,
                },
            )
        if whole and row.revision == revision:
            course_state.keep(row, begun, revision=revision, held=_held(pages))
            Lifter.objects.filter(pk=row.pk).update(stale_since=None)
    return pages


def _held(pages: Mapping[str, Any]) -> bool:
    """Whether nothing may be said of the course: there is no score, or warning signs come first."""
    course = pages["course"]
    return course is None or bool(course["held"])


def packed(values: Any) -> bytes:
    """Values as stored."""
    return gzip.compress(json.dumps(values, separators=(",", ":")).encode(), _QUICK)


def unpacked(content: bytes) -> Any:
    """Stored values as they were."""
    return json.loads(gzip.decompress(bytes(content)))
