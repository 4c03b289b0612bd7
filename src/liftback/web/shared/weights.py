"""Weights as pages show them: as typed, and beside that in the other unit, rounded. Nothing here goes into a form."""

from __future__ import annotations

from django.utils.translation import gettext as _

POUND = 0.45359237
"""Kilograms, by definition."""
UNITS = ("kg", "lb")


def number_words(value: float | None) -> str:
    """A number as people write it: 82.25, 180; empty for None."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def in_other_unit(value: float | None, unit: str, wanted: str) -> str:
    """The same weight in the unit that somebody wants to see, in words; empty where that is the unit it has."""
    if value is None or wanted not in UNITS or unit not in UNITS or unit == wanted:
        return ""
    found = value * POUND if wanted == "kg" else value / POUND
    return _("about %(weight)s %(unit)s") % {"weight": f"{found:.1f}".removesuffix(".0"), "unit": wanted}
