"""What a card of the day shows: the plan's dose, what stands in for it today, what was done, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from liftback import operations
from liftback.records.read import Doing, Exposure
from liftback.web.shared.signs import DECISIONS
from liftback.web.shared.weights import in_other_unit, number_words

TRAINING = ("lift", "keeper")
"""Kinds of work that make a day one of training; rehab work, walking and conditioning are there on other days too."""
KINDS = {
    "keeper": gettext_lazy("Keeps your strength"),
    "rehab": gettext_lazy("Rehab work"),
    "walk": gettext_lazy("Walking"),
    "conditioning": gettext_lazy("Conditioning"),
}
ORDER = ("rehab", "lift", "keeper", "conditioning", "walk")
BODYWEIGHT = "bodyweight"
_SIDE = re.compile(r"bar of [\d.]+, (.+) a side")
_MINUTE = 60
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One time that it was done today, in words, with its id for mending it."""

    client_id: str
    words: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much to do, in words; empty texts are left out.

    `dose` is the whole of it where `sets`, `reps` and `weight` do not say all; `side` are the plates of one side.
    """

    dose: str = ""
    weight: str = ""
    other: str = ""
    sets: str = ""
    reps: str = ""
    seconds: str = ""
    per_side: bool = False
    rest: str = ""
    tempo: str = ""
    effort: str = ""
    on_bar: str = ""
    side: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing to do. `key` is its id in the page.

    `swap` is what stands in today. `move` is the verdict on what was done today, `next_time` when it comes again and
    how much then. `loaded`: the numbers of pain have a colour of their own. `edits` are a therapist's changes of it.
    """

    key: str
    lift: str
    kind: str
    kind_words: str
    name: str
    decision: str
    amount: Amount
    unit: str
    exercise: str
    href: str
    thumb: str
    stands_in: bool
    why: tuple[Values, ...]
    up: tuple[Values, ...]
    down: tuple[Values, ...]
    loaded: bool
    can_swap: bool
    swap: Values | None
    rows: tuple[Row, ...]
    move: Values | None
    next_time: str
    log: Values
    edits: tuple[Values, ...] = ()


def day_of(plan: Values, day: date) -> Values | None:
    """The day of the plan, in full where it has it so, if it is one of its week."""
    return next((one for one in _in_full(plan) if one["day"] == day.isoformat()), None)


def _in_full(plan: Values) -> Iterator[Values]:
    """All days, those first that also tell what moves a task."""
    yield from (one for one in (plan["focus"], plan["aside"]) if one is not None)
    yield from plan["days"]


def instead_of(plan: Values) -> str:
    """The page for a plan that is held, or that the clinic does not show as it is (`read.clinic.plan_view`)."""
    return "lifter/training/held.html" if plan["held"] else "lifter/training/not_own.html"


def urls() -> dict[str, str]:
    """The addresses that every card links to."""
    return {name: reverse(f"lifter:{name}") for name in ("done", "swap")}


def trains(day: Values | None) -> bool:
    """Whether there is training on a day."""
    return day is not None and any(one["kind"] in TRAINING for one in day["tasks"])


def next_training(plan: Values, after: date) -> Values | None:
    """The next day with training on it."""
    return next((one for one in plan["days"] if one["day"] > after.isoformat() and trains(one)), None)


def cards(plan: Values, day: Values | None, *, doing: Doing, unit: str) -> list[Card]:
    """The cards of a day in the order in which they are done."""
    tasks = list(enumerate(day["tasks"])) if day else []
    tasks.sort(key=lambda pair: ORDER.index(pair[1]["kind"]) if pair[1]["kind"] in ORDER else len(ORDER))
    return [_card(plan, task, place=place, doing=doing, unit=unit) for place, task in tasks]


def card_of(plan: Values, lift: str, *, day: date, doing: Doing, unit: str) -> Card | None:
    """The card of a lift on a day, else on the next day of the week that has it."""
    for one in filter(None, (day_of(plan, day), *_in_full(plan))):
        for place, task in enumerate(one["tasks"]):
            if task["log"]["lift"] == lift:
                return _card(plan, task, place=place, doing=doing, unit=unit)
    return None


def _card(plan: Values, task: Values, *, place: int, doing: Doing, unit: str) -> Card:
    log = task["log"]
    lift = log["lift"]
    swap = swapped(plan, lift, doing)
    done = [one for one in doing.of_today if one.lift == lift]
    exercise = swap["exercise"] if swap else log["exercise"]
    name = swap["name"] if swap else task["name"]
    if done:  # the plan may have moved on to another exercise since
        exercise = str(done[-1].payload.get("exercise") or "")
        name = _names().get(exercise, lift)
        exercise = exercise if exercise in _names() else ""
    rows = tuple(_row(one) for one in done)
    move = plan.get("moves", {}).get(lift)
    return Card(
        key=f"item-{place}-{slugify(lift)[:40]}",
        lift=lift,
        kind=task["kind"],
        kind_words=str(KINDS.get(task["kind"], "")),
        name=name,
        decision="swapped" if swap else task["decision"] if task["decision"] in DECISIONS else "",
        unit=log["unit"],
        exercise=exercise,
        href=reverse("lifter:exercise", args=[exercise]) if exercise else "",
        thumb=f"{reverse('lifter:exercise_picture', args=[exercise])}?still=1" if exercise else "",
        stands_in=name != lift and task["kind"] == "lift",
        why=tuple(task["why"]),
        up=tuple(task.get("up", ())),
        down=tuple(task.get("down", ())),
        loaded=log["level"] > 1 or not log["exercise"],
        can_swap=bool(plan.get("swaps", {}).get(lift)) or swap is not None,
        swap=swap,
        rows=rows,
        move=move if move and rows and move["day"] == doing.today.isoformat() else None,
        next_time=_next_time(plan, lift, doing.today) if rows else "",
        log=log,
        edits=tuple(task.get("edits", ())),
        # Once it is done the plan already speaks of the next time, so what was done stands there alone.
        amount=_amount(task, swap, unit) if not rows else Amount(),
    )


def _amount(task: Values, swap: Values | None, unit: str) -> Amount:
    """How much to do, of the plan or of what stands in."""
    log = task["log"]
    if swap is not None:
        return Amount(dose=str(swap.get("dose") or ""), rest=_rest(swap), tempo=_tempo(swap.get("tempo") or ""))
    figures = _figures(log)
    return Amount(
        dose=_dose(task, figures),
        weight=number_words(log["weight"]),
        other=in_other_unit(log["weight"], log["unit"], unit),
        sets=figures.get("sets", ""),
        reps=figures.get("reps", ""),
        seconds=figures.get("seconds", ""),
        per_side=bool(log["per_side"]),
        rest=_rest(log),
        tempo=_tempo(log["tempo"]),
        effort=_("effort %(effort)s of 10 at most") % {"effort": number_words(log["effort"])} if log["effort"] else "",
        on_bar=log["made_of"],
        side=plates_of(log["made_of"]),
    )


@cache
def _names() -> dict[str, str]:
    """What the exercises of the ladders are called, by id."""
    return {one["id"]: one["name"] for one in operations.exercises()}


def swapped(plan: Values, lift: str, doing: Doing) -> Values | None:
    """What stands in for a lift today, as the plan allows it now; a stand-in that is no longer allowed is none."""
    chosen = (doing.swaps or {}).get(lift)
    if not chosen or not chosen.get("exercise"):
        return None
    return next((one for one in plan.get("swaps", {}).get(lift, ()) if one["exercise"] == chosen["exercise"]), None)


def _dose(task: Values, figures: Values) -> str:
    """The dose in words, where sets, repetitions and a weight do not say all of it."""
    log = task["log"]
    loaded = log["weight"] is None and (log["share"] is not None or log["body_share"] is not None)
    return "" if figures and not loaded else str(task["dose"])


def _figures(log: Values) -> dict[str, str]:
    """Sets and repetitions, or seconds, where these two say all of the dose."""
    both = log["reps"] is not None and log["seconds"] is not None
    one = log["reps"] is not None or log["seconds"] is not None
    if log["sets"] is None or not one or both or log["minutes"] or log["metres"] or log["times_a_day"]:
        return {}
    return {name: number_words(log[name]) for name in ("sets", "reps", "seconds") if log[name] is not None}


def plates_of(made_of: str) -> tuple[float, ...]:
    """The plates of one side, inside first, from the plan's words for what hangs on the bar."""
    found = _SIDE.search(made_of or "")
    return tuple(float(one) for one in found.group(1).split(" + ")) if found else ()


def _rest(log: Values) -> str:
    seconds = log["rest_seconds"]
    if not seconds or (log["sets"] or 0) <= 1:
        return ""
    if seconds % _MINUTE:
        return _("rest %(seconds)s s") % {"seconds": seconds}
    return _("rest %(minutes)s min") % {"minutes": seconds // _MINUTE}


def _tempo(tempo: str) -> str:
    if tempo in ("", "hold"):
        return ""
    return _("at an easy pace") if tempo == "easy" else _("tempo %(tempo)s") % {"tempo": tempo}


def _row(one: Exposure) -> Row:
    return Row(client_id=str(one.client_id), words=done_words(one.payload), note=str(one.payload.get("note") or ""))


def done_words(payload: Values) -> str:
    """What was done, as it was typed: "3 × 5 at 82.25 kg, effort 7"."""
    sets, reps, weight = (str(payload.get(name) or "") for name in ("sets", "reps", "weight"))
    many = f"{sets} × {reps}" if sets and reps else _count(sets, reps)
    unit = str(payload.get("unit") or "")
    load = f"{weight} {unit}" if weight else _("body weight") if unit == BODYWEIGHT else ""
    effort = str(payload.get("effort") or "")
    parts = [" · ".join(part for part in (many, load) if part)]
    parts += [_("effort %(effort)s") % {"effort": effort}] if effort else []
    return ", ".join(part for part in parts if part) or _("done")


def _count(sets: str, reps: str) -> str:
    if sets:
        return ngettext("%(many)s set", "%(many)s sets", int(float(sets))) % {"many": sets}
    return _("%(many)s reps") % {"many": reps} if reps else ""


def _next_time(plan: Values, lift: str, today: date) -> str:
    """When a lift comes again in this week of the plan, and how much then."""
    coming = (one for one in plan["days"] if one["day"] > today.isoformat())
    for day in coming:
        for task in day["tasks"]:
            if task["log"]["lift"] == lift:
                return f"{day['name']}: {task['name']}, {task['dose']}"
    return ""
