"""Filters of the pages of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from liftback.web.shared import plan_changes

register = template.Library()
UNITS = (("kg", "kg"), ("lb", "lb"), ("bodyweight", _("body weight")), ("", _("not told")))


@register.filter
def of(values: Mapping[str, Any] | None, name: str) -> Any:
    """The value of a name; nothing where it has none."""
    found = (values or {}).get(name)
    return "" if found is None else found


@register.filter
def as_day(text: object) -> date | None:
    """A day of kept values, for the filter `date`."""
    return date.fromisoformat(str(text)) if text else None


@register.filter
def change_words(edit: Mapping[str, Any]) -> str:
    """A therapist's change of the plan in words."""
    return plan_changes.change_words(edit)


@register.filter
def chosen(value: object, told: object) -> bool:
    """Whether a choice is the one that was told, or one of them."""
    given = told if isinstance(told, list | tuple) else [told]
    return str(value) in {str(one) for one in given}


@register.filter
def grouped(extra: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The blocks of a further part: those that stand open one by one, and what can wait together under its heading."""
    groups: list[dict[str, Any]] = []
    for block in extra["blocks"]:
        if block["more"] and not block["heading"] and groups and groups[-1]["more"]:
            groups[-1]["blocks"].append(block)
        else:
            groups.append({"heading": block["heading"], "more": block["more"], "blocks": [block]})
    return groups


@register.filter
def field_of(ask: Mapping[str, Any]) -> str:
    """The name of a question's field: its id, with the lift behind it where it is asked of each lift."""
    field = str(ask.get("field", ""))
    return field if ":" in field else str(ask["id"])


@register.simple_tag
def weight_units() -> tuple[tuple[str, Any], ...]:
    """The units of a weight, for a choice."""
    return UNITS
