"""The verb for the moment itself: what to check, whom to call and what to do, before any question is answered."""

from __future__ import annotations

from typing import TypedDict

from liftback.exchange.first_hours_text import first_hours_text
from liftback.exchange.report_json import plain
from liftback.exchange.report_text import Style, plain_style
from liftback.knowledge.emergency_numbers import emergency_numbers as _emergency_numbers
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.first_days import FirstHours
from liftback.plans.first_days import first_hours as _first_hours


class EmergencyNumberValues(TypedDict):
    """How to call an ambulance in a country, as JSON values.

    `country` is its ISO 3166 code, `ZZ` for any other country; `numbers` are as dialled, the one to try first in front.
    """

    country: str
    name: str
    numbers: list[str]
    note: str


def emergency_numbers(*, knowledge: Knowledge | None = None) -> list[EmergencyNumberValues]:
    """The numbers that call an ambulance, by name of the country; the entry for any other country is the last."""
    found = _emergency_numbers(knowledge or load_knowledge())
    return [
        {"country": one.id, "name": one.name, "numbers": list(one.numbers), "note": one.note} for one in found.entries
    ]


def first_hours(*, knowledge: Knowledge | None = None) -> FirstHours:
    """The warning signs, whom to call, and the first hours, for somebody it has just happened to."""
    return _first_hours(plan_knowledge(knowledge or load_knowledge()))


def show_first_hours(*, found: FirstHours, output: str, width: int, style: Style = plain_style) -> object:
    """The first hours as text (`output="text"`) or as JSON values (`output="json"`)."""
    return plain(found) if output == "json" else first_hours_text(found, width=width, style=style)
