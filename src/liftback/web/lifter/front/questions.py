"""How a question stands on the page: which control it has, and the taps that spare typing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

_TYPED = ("number", "date", "text")
_DAYS_AGO = (0, 1, 3)
_WEEKS_AGO = (1, 2, 4)
_A_WEEK = 7
_UNITS = {
    "years": gettext_lazy("years"),
    "hours": gettext_lazy("hours"),
    "days": gettext_lazy("days"),
    "weeks": gettext_lazy("weeks"),
}


def laid_out(step: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """The values of a step with what its page needs beside them."""
    unit = str(step.get("unit") or "")
    return {
        **step,
        "number": step["done"] + 1,
        "total": step["done"] + step["ahead"],
        "control": "checkbox" if step["input"] == "multi" else "radio",
        "unsure_button": step["not_sure"]["id"] if step["input"] in _TYPED and step["not_sure"] else "",
        "unit_words": "" if step.get("units") else str(_UNITS.get(unit, unit)),
        "days": days_to_tap(today) if step["input"] == "date" else [],
        "given_unit": (step.get("units") or [""])[0],
    }


def days_to_tap(today: date) -> list[tuple[str, str]]:
    """Days in the past as a form sends them, each with its words."""
    days = [(days, _days_ago(days)) for days in _DAYS_AGO]
    weeks = [
        (weeks * _A_WEEK, ngettext("%(weeks)s week ago", "%(weeks)s weeks ago", weeks) % {"weeks": weeks})
        for weeks in _WEEKS_AGO
    ]
    return [((today - timedelta(days=ago)).isoformat(), words) for ago, words in (*days, *weeks)]


def _days_ago(days: int) -> str:
    near = {0: gettext("Today"), 1: gettext("Yesterday")}
    return near.get(days) or ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
