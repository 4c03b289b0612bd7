"""Four weeks of a plan for the achy one and for the injured one, written from the sample files in docs/plans.

Story, log and exposures go through the same doors as a lifter's own files: what stands in docs/plans/README.md is what
the plan says, week by week, and what each exposure changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from docs.markdown import table
from liftback import operations
from liftback.exchange.plan_words import action_words, dose_words
from liftback.plans.parts import Item, Plan, Transition

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "docs" / "plans"
SAMPLES = ("injured", "achy")
WEEKS = 4
NOTE = "<!-- Written by docs/generate.py from the sample files beside it; run `make docs`. -->\n"
INTRODUCTION = """\
# Four weeks of a plan

Two made-up lifters with the log of `examples/strong.csv`. Nobody's training is shown. Each week stands as `liftback
plan` makes it, from the story as it was answered then and from what was done so far (the `.csv` beside this page).
How a light is judged and what follows is in [the rules](../generated/plan_rules.md).
"""


def page() -> str:
    """The page with both examples."""
    return NOTE + INTRODUCTION + "".join(f"\n{part}" for sample in SAMPLES for part in _example(sample)).rstrip() + "\n"


def weekly_plans(sample: str) -> Iterator[tuple[Plan, Plan]]:
    """Each week of an example: the plan it began with, and the plan with what was done in it."""
    about = yaml.safe_load((HERE / f"{sample}.yaml").read_text(encoding="utf-8"))
    begun: date = about["begun"]
    log = operations.import_log(content=(ROOT / about["log"]).read_bytes(), today=begun, unit="kg")
    last = begun + timedelta(weeks=WEEKS)
    done = operations.read_exposures(content=(HERE / f"{sample}.csv").read_bytes(), today=last).done
    plan = operations.make_plan(story=_story(about, begun), log=log, today=begun)
    for week in range(WEEKS):
        first = begun + timedelta(weeks=week)
        if week:
            plan = operations.next_week(plan=plan, story=_story(about, first), log=log, today=first)
        after = plan
        for one in done:
            if first <= one.day < first + timedelta(weeks=1):
                after = operations.record_exposure(plan=after, done=one)
        yield plan, after
        plan = after


def _story(about: dict[str, Any], day: date) -> Any:
    story = yaml.safe_load((ROOT / "examples" / "story.yaml").read_text(encoding="utf-8"))
    answers = {**story["answers"], **about["answers"]}
    for week in about["weeks"]:
        answers |= week["answers"] if week["from"] <= day else {}
    raw = {"about": story["about"], "answers": answers}
    return operations.read_story(content=yaml.safe_dump(raw).encode(), today=day)


def _example(sample: str) -> Iterator[str]:
    about = yaml.safe_load((HERE / f"{sample}.yaml").read_text(encoding="utf-8"))
    yield f"## {about['name']}\n\n{about['about']}\n"
    for plan, after in weekly_plans(sample):
        yield from _week(plan, after)


def _week(plan: Plan, after: Plan) -> Iterator[str]:
    headline = " ".join(one.text for one in (*plan.headline, *plan.stop))
    yield f"### {plan.week}. week, from {plan.first_day:%d %B}\n\n{headline}\n"
    if plan.limits is not None:
        cap = (
            "none"
            if plan.limits.cap is None
            else f"{plan.limits.cap:.2g} of a typical session ({plan.limits.cap_from})"
        )
        yield f"Planned for {plan.limits.grade} irritability; cap of a day on the back: {cap}.\n"
    yield table(("day", "lift", "is", "done as", "why"), _changed_items(plan))
    yield f"Kept as they are: {_kept(plan) or 'none'}.\n"
    if plan.parked:
        waits = "; ".join(f"{one.lift} (stood at {one.stands_at})" for one in plan.parked)
        yield f"Waiting, with nothing lost: {waits}.\n"
    yield f"Beside it: {_beside(plan)}.\n"
    yield from _done([one for one in after.transitions if one not in plan.transitions])


def _done(changes: list[Transition]) -> Iterator[str]:
    """What was done in a week: the calm ones in one line, the others with what they changed."""
    calm = dict.fromkeys(one.lift for one in changes if one.light == "green")
    rows = [
        (f"{one.day:%a %d}", one.lift, one.light or "not judged", action_words(one.action), _why(one.why))
        for one in changes
        if one.light != "green"
    ]
    if changes:
        yield f"Green: {', '.join(calm) or 'none'}.\n"
    if rows:
        yield table(("day", "lift", "light", "then", "why"), rows)


def _items(plan: Plan) -> Iterator[tuple[date, Item]]:
    return ((day.day, item) for day in plan.days for item in day.items if item.kind == "lift")


def _changed_items(plan: Plan) -> Iterator[tuple[object, ...]]:
    for day, item in _items(plan):
        if item.decision != "kept":
            done = dose_words(item) if item.name == item.lift else f"{item.name}, {dose_words(item)}"
            yield f"{day:%a %d}", item.lift, item.decision, done, _why(item.why[:1])


def _kept(plan: Plan) -> str:
    kept = {item.lift: item for _, item in _items(plan) if item.decision == "kept"}
    return "; ".join(f"{name} {dose_words(item)}" for name, item in kept.items())


def _beside(plan: Plan) -> str:
    found: dict[str, Item] = {}
    for day in plan.days:
        for item in day.items:
            if item.kind != "lift":
                found.setdefault(item.name, item)
    return "; ".join(f"{name} ({dose_words(item)})" for name, item in found.items())


def _why(said: Any) -> str:
    return " ".join(one.text for one in said)


def write() -> None:
    """Write docs/plans/README.md."""
    (HERE / "README.md").write_text(page(), encoding="utf-8")


def stale() -> list[str]:
    """The page, if it says other than what it would say now."""
    path = HERE / "README.md"
    return [] if path.exists() and path.read_text(encoding="utf-8") == page() else ["docs/plans/README.md"]
