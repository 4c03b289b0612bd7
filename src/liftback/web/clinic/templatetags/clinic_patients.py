"""Template words for pages of patients: days, names, a change in words, and the form for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from liftback.records.models import Episode, Membership
from liftback.records.write.clinic.episodes import name_of
from liftback.records.write.clinic.plan_edits import CAP, DOSE, HOLD, NOTE, UNITS
from liftback.web.shared.plan_changes import change_words

register = template.Library()
_FIELDS = ("weight", "unit", "sets", "reps", "why")


@register.filter
def as_day(text: object) -> date | None:
    """A day of kept values, for the filter `date`."""
    return date.fromisoformat(str(text)) if text else None


@register.filter
def or_untold(score: object) -> str:
    """A score, or the word that it was not told: missing is never nought."""
    return _("not told") if score is None else f"{score:g}" if isinstance(score, float) else str(score)


@register.filter
def therapist_name(therapist: Membership) -> str:
    """The title and name of a therapist."""
    return name_of(therapist)


@register.filter
def edit_words(edit: Mapping[str, Any]) -> str:
    """A change of the plan in words."""
    return change_words(edit)


@register.simple_tag(takes_context=True)
def patient_tabs(context: Mapping[str, Any], episode: Episode) -> list[dict[str, Any]]:
    """The pages of a patient."""
    pages = (
        ("patient", _("At a glance")), ("patient_plan", _("Plan")), ("patient_course", _("Course")),
        ("patient_answers", _("Answers")), ("patient_clearance", _("Clearance")), ("patient_messages", _("Messages")),
    )  # fmt: skip
    here = context["request"].path
    found = [(reverse(f"clinic:{name}", args=[episode.pk]), label) for name, label in pages]
    return [{"url": url, "label": label, "current": url == here} for url, label in found]


@register.simple_tag
def whose_tabs(everybody: object) -> list[dict[str, Any]]:
    """One's own patients, or all of the clinic."""
    return [
        {"url": "?whose=mine", "label": _("Mine"), "current": not everybody},
        {"url": "?whose=all", "label": _("All of the clinic"), "current": bool(everybody)},
    ]


@register.simple_tag
def edit_form(lift: Mapping[str, Any], typed: Mapping[str, str] | None, number: int) -> dict[str, Any]:
    """The form for a change of a lift: its kinds, what was typed, and ids that are unique on the page."""
    given = typed or {}
    kinds = [(HOLD, _("Leave it out for now"))]
    kinds += [(CAP, _("A ceiling for its weight"))]
    kinds += [(DOSE, _("Fewer sets or repetitions"))] if lift["sets"] or lift["reps"] else []
    kinds += [(NOTE, _("Only a note beside it"))]
    words = {name: given.get(name, "") for name in _FIELDS}
    words["unit"] = words["unit"] or str(lift["unit"]) or UNITS[0]
    return {
        **{name: f"{name}-{number}" for name in _FIELDS},
        "kinds": [(kind, label, given.get("kind") == kind) for kind, label in kinds],
        "typed": words,
        "units": [(one, one) for one in UNITS],
    }
