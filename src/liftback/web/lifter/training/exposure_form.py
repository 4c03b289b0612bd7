"""The form for what was done: filled with the plan's dose or with what was typed before, and read back as an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from liftback import operations
from liftback.records import read
from liftback.web.lifter.training import cards, telling
from liftback.web.shared.visiting import LifterVisit
from liftback.web.shared.weights import number_words

DURING = ("pain_before", "pain_during", "how_it_felt", "leg_after")
"""Asked when the lift is done; the rest of the day and the morning come later."""
LATER = ("pain_after", "pain_next_morning", "settled", "leg_after")
NUMBERS = ("sets", "reps", "weight", "effort")
LONGEST_WORDS = 2_000
_NUMBERS = ("score", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the form shows. `values` are texts as typed; `told` the answers by question.

    `replaces` is the id of the version that is being mended, empty for a new one. `card` is the plan's own card, None
    for a lift that is not in this week.
    """

    lift: str
    name: str
    values: Mapping[str, Any]
    told: Mapping[str, Any]
    stamp: Mapping[str, str]
    card: cards.Card | None = None
    replaces: str = ""
    errors: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        """The id of the card in the page of the day, which the form stands in for."""
        return self.card.key if self.card is not None else "item"


@cache
def questions() -> dict[str, Mapping[str, Any]]:
    """The questions of one exposure by their ids, as the engine words them."""
    return {one["id"]: one for one in operations.exposure_questions()}


def asked(names: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """Some of the questions, in this order."""
    return [questions()[name] for name in names if name in questions()]


def opened(request: LifterVisit, plan: Mapping[str, Any], doing: read.Doing) -> Form | None:
    """The form as it is opened: for a lift of the plan (`lift`), or to mend what was told (`of`); None for neither."""
    of = telling.as_id(request.GET.get("of", ""))
    if of is not None:
        told = read.exposure_told(actor=request.person, lifter=request.lifter, client_id=of)
        return None if told is None else _mending(request, plan, doing, told)
    card = _card(request, plan, doing, request.GET.get("lift", ""))
    if card is None:
        return None
    log = card.log if card.swap is None else {**card.log, **_own(card.swap)}
    values = {**{name: number_words(log.get(name)) for name in NUMBERS}, "unit": log["unit"], "note": ""}
    # The plan's effort is a ceiling, and no answer to how hard it was.
    values |= {"effort": "", "exercise": card.exercise}
    return Form(lift=card.lift, name=card.name, values=values, told={}, stamp=telling.stamp(request), card=card)


def _own(swap: Mapping[str, Any]) -> dict[str, Any]:
    """The dose of a stand-in; what it does not say is left empty."""
    return {name: swap.get(name) for name in ("sets", "reps", "weight")} | {"unit": swap.get("unit") or ""}


def _mending(request: LifterVisit, plan: Mapping[str, Any], doing: read.Doing, told: Mapping[str, Any]) -> Form:
    lift = str(told.get("lift", ""))
    card = _card(request, plan, doing, lift)
    return Form(
        lift=lift,
        name=card.name if card is not None else lift,
        values={name: as_text(told.get(name)) for name in (*NUMBERS, "unit", "note", "exercise")},
        told=told.get("told") or {},
        stamp={**telling.stamp(request), "day": told["day"].isoformat()},
        card=card,
        replaces=str(told["client_id"]),
    )


def sent_back(request: LifterVisit, plan: Mapping[str, Any], doing: read.Doing, errors: tuple[str, ...]) -> Form:
    """The form as it was sent, with what could not be read."""
    lift = request.POST.get("lift", "")
    card = _card(request, plan, doing, lift)
    return Form(
        lift=lift,
        name=card.name if card is not None else lift,
        values={name: request.POST.get(name, "") for name in (*NUMBERS, "unit", "note", "exercise")},
        told=answers(request, DURING),
        stamp=telling.stamp_sent(request),
        card=card,
        replaces=request.POST.get("replaces", ""),
        errors=errors,
    )


def _card(request: LifterVisit, plan: Mapping[str, Any], doing: read.Doing, lift: str) -> cards.Card | None:
    if plan["held"]:
        return None
    return cards.card_of(plan, lift, day=request.visitor.today, doing=doing, unit=request.lifter.unit)


def payload(request: LifterVisit) -> dict[str, Any]:
    """What was sent, as an entry keeps it: numbers as typed, answers by question, nothing for what was left out."""
    post = request.POST
    sent: dict[str, Any] = {"lift": post.get("lift", "").strip(), "exercise": post.get("exercise", "").strip()}
    sent |= {name: number_typed(post.get(name, "")) for name in NUMBERS}
    sent |= {"unit": post.get("unit", ""), "note": post.get("note", "").strip(), "told": answers(request, DURING)}
    sent["replaces"] = post.get("replaces", "")
    return {name: value for name, value in sent.items() if value not in (None, "")}


def answers(request: LifterVisit, names: tuple[str, ...]) -> dict[str, Any]:
    """The answers among the fields of a form, by question; what was not answered is left out, and never a no."""
    found: dict[str, Any] = {}
    for one in asked(names):
        chosen = [text for text in request.POST.getlist(f"told.{one['id']}") if text]
        if chosen and one["input"] == "multi":
            found[one["id"]] = chosen
        elif chosen:
            found[one["id"]] = number_typed(chosen[-1]) if one["input"] in _NUMBERS else chosen[-1]
    return found


def checked(request: LifterVisit, plan: Mapping[str, Any], sent: Mapping[str, Any]) -> tuple[str, ...]:
    """What is wrong with what was sent, in sentences; nothing where it can be kept."""
    if not plan["held"] and sent.get("lift", "") not in plan.get("may_log", ()):
        return (_("This lift is not in your plan. Open it from the page of the day, and log it there."),)
    if len(sent.get("note", "")) > LONGEST_WORDS:
        return (_("The note is longer than we can keep. Shorten it, please; nothing else is lost."),)
    try:
        read_as(sent, sent.get("told") or {}, day=telling.day_of(request), today=request.visitor.today)
    except operations.ExposureError as error:
        return (str(error),)
    return ()


def read_as(sent: Mapping[str, Any], told: Mapping[str, Any], *, day: date, today: date) -> None:
    """Read an exposure as the engine will. Raises ExposureError with a sentence for what cannot be read."""
    operations.done_of_entry(values={**sent, **told, "day": day}, today=today)


def number_typed(text: str) -> int | float | str | None:
    """A typed number as a number where that writes itself the same way, else the text as typed; None for nothing."""
    typed = text.strip()
    if not typed:
        return None
    try:
        whole = int(typed) if typed.isascii() and typed.isdigit() else float(typed)
    except ValueError:
        return typed
    return whole if as_text(whole) == typed else typed


def as_text(value: object) -> str:
    """A kept value as it was typed."""
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)
