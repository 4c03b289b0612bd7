"""What pages of patients say of a reason to look, and of something that was told: each in one short line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from liftback.records.models import Entry
from liftback.records.read.clinic.attention import Reason, Row

PLAN, CLEARANCE, MESSAGES, ANSWERS = "patient_plan", "patient_clearance", "patient_messages", "patient_answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A reason in words. `icon` and `tone` go with it, `to` is the name of the page that it is about."""

    words: str
    icon: str
    tone: str
    since: date | None
    to: str
    alarm: bool


class _Said(NamedTuple):
    """How a reason is said: the words, its icon and tone, and where to go."""

    words: Promise
    icon: str
    tone: str = ""
    to: str = ""


_SAID = {
    "emergency": _Said(gettext_lazy("Emergency by their answers: call them now"), "emergency", "stop", ANSWERS),
    "sign_told": _Said(gettext_lazy("Told of a warning sign just now: call them"), "emergency", "stop", ANSWERS),
    "flagged_message": _Said(gettext_lazy("A message tells of a warning sign"), "emergency", "stop", MESSAGES),
    "same_day": _Said(gettext_lazy("To be seen today, by their answers"), "same_day", "stop", ANSWERS),
    "sign_open": _Said(
        gettext_lazy("A warning sign is open and not gone through; the plan waits"), "emergency", "stop", PLAN
    ),
    "within_days": _Said(gettext_lazy("To be seen within days, by their answers"), "within_days", "careful", ANSWERS),
    "held": _Said(gettext_lazy("The plan is on hold"), "pause", "careful", PLAN),
    "cleared_no_longer": _Said(
        gettext_lazy("Their clearance was signed, and no longer stands"), "clearance", "careful", CLEARANCE
    ),
    "quiet": _Said(gettext_lazy("Nothing told for a week or more"), "waiting", "careful", MESSAGES),
    "plan_moved_on": _Said(gettext_lazy("The plan has moved on since it was signed"), "edit", "calm", PLAN),
    "unsigned": _Said(gettext_lazy("Nobody has signed the plan"), "edit", "calm", PLAN),
    "not_shared": _Said(gettext_lazy("Does not share their records now"), "lock", "careful"),
    "not_joined": _Said(gettext_lazy("Invited, and not joined yet"), "send", "calm"),
    "ready": _Said(gettext_lazy("All criteria of clearance are met: it can be signed"), "flag", "good", CLEARANCE),
    "back": _Said(gettext_lazy("Back to the lift itself"), "flag", "good", PLAN),
}
_KINDS = {
    "check_in": gettext_lazy("Check-in"),
    "done": gettext_lazy("Training"),
    "after": gettext_lazy("How it was afterwards"),
    "weekly": gettext_lazy("Weekly form"),
    "flare": gettext_lazy("A flare"),
    "flare_over": gettext_lazy("The flare is over"),
    "gates": gettext_lazy("Went through the warning signs"),
    "swap": gettext_lazy("Something else for today"),
    "criteria": gettext_lazy("Answers on clearance"),
    "signed": gettext_lazy("Their own declaration of clearance"),
}
_SCORES = {
    "pain": gettext_lazy("pain %(score)s"),
    "sleep": gettext_lazy("sleep %(score)s"),
    "stress": gettext_lazy("stress %(score)s"),
    "lift_pain": gettext_lazy("pain in lifts %(score)s"),
}
_TOLD = {
    "pain_during": gettext_lazy("pain during %(score)s"),
    "pain_after": gettext_lazy("pain after %(score)s"),
    "pain_next_morning": gettext_lazy("next morning %(score)s"),
}
_LEGS = {
    "further": gettext_lazy("further down a leg"),
    "numb_or_weak": gettext_lazy("numb or weak in a leg"),
    "not_sure": gettext_lazy("not sure about a leg"),
    "as_before": gettext_lazy("leg as before"),
}


def lines(row: Row | None) -> list[Line]:
    """The reasons of a patient in words, the most pressing first."""
    return [] if row is None else [_line(one) for one in row.reasons]


def _line(one: Reason) -> Line:
    said = _SAID.get(one.kind)
    if one.kind == "red":
        counted = ngettext(
            "%(many)s red exposure in the last week", "%(many)s red exposures in the last week", one.many
        )
        words, said = counted % {"many": one.many}, _Said(gettext_lazy("red"), "red", "stop", PLAN)
    elif one.kind == "unread":
        counted = ngettext("%(many)s unread message", "%(many)s unread messages", one.many)
        words, said = counted % {"many": one.many}, _Said(gettext_lazy("unread"), "note", "calm", MESSAGES)
    elif said is None:
        words, said = one.kind.replace("_", " "), _Said(gettext_lazy("look"), "info")
    else:
        words = str(said.words)
    about = f"{words}: {one.about}" if one.about and one.kind in ("red", "back") else words
    return Line(words=about, icon=said.icon, tone=said.tone, since=one.since, to=said.to, alarm=one.alarm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that was told, as a table lists it. `alarming`: it tells of a warning sign."""

    day: date
    kind: str
    words: str
    note: str
    alarming: bool


def told(entries: Iterable[Entry], alarming: Iterable[Any]) -> list[Told]:
    """What was told in the last weeks in words, newest first; `alarming` are the numbers of those with a sign."""
    bad = set(alarming)
    return [
        Told(
            day=one.day,
            kind=str(_KINDS.get(one.kind, one.kind)),
            words=_words(one),
            note=str(one.payload.get("note") or ""),
            alarming=one.pk in bad,
        )
        for one in entries
    ]


def _words(one: Entry) -> str:
    payload = one.payload
    parts = [str(payload["lift"])] if payload.get("lift") else []
    parts += [_done(payload)] if one.kind == "done" else []
    parts += [str(name) % {"score": payload[key]} for key, name in _SCORES.items() if payload.get(key) is not None]
    answers = payload.get("told") if isinstance(payload.get("told"), Mapping) else {}
    parts += [str(name) % {"score": answers[key]} for key, name in _TOLD.items() if answers.get(key) is not None]
    leg = str(answers.get("leg_after") or "")
    parts += [str(_LEGS[leg])] if leg in _LEGS else []
    signs = {"yes": _("something new among the signs"), "not_sure": _("not sure about the signs")}
    parts += [signs[payload["signs"]]] if payload.get("signs") in signs else []
    parts += [_("a tweak")] if payload.get("event") else []
    parts += [_("a flare")] if payload.get("flare") else []
    return ", ".join(part for part in parts if part)


def _done(payload: Mapping[str, Any]) -> str:
    sets, reps, weight = (payload.get(name) for name in ("sets", "reps", "weight"))
    many = f"{sets} × {reps}" if sets and reps else ""
    load = f"{weight} {payload.get('unit') or ''}".strip() if weight else ""
    return " · ".join(part for part in (many, load) if part)
