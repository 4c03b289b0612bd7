"""What goes on each side of the bar: a calculator that works by a plain address, for anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liftback import operations
from liftback.web.shared.visiting import Visit
from liftback.web.shared.weights import UNITS, in_other_unit, number_words

BARS = {"kg": "20", "lb": "45"}
"""The usual bar, to begin with; it can be changed."""
LONGEST = 200


@require_safe
def plates(request: Visit) -> HttpResponse:
    """The calculator: weight, unit, bar and own plates in the address, the answer in the page."""
    lifter = request.visitor.lifter
    own = lifter.unit if lifter is not None else request.COOKIES.get("unit", "")
    unit = request.GET.get("unit", own)
    unit = unit if unit in UNITS else "kg"
    asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("weight", "bar", "plates")}
    asked["bar"] = asked["bar"] or BARS[unit]
    found, error = _worked_out(asked, unit) if asked["weight"] else (None, "")
    other = in_other_unit(found["weight"], unit, "lb" if unit == "kg" else "kg") if found else ""
    values = {"asked": asked, "chosen": unit, "found": found, "error": error, "other": other}
    values |= {"total": number_words(found["weight"]), "left": number_words(found["left"])} if found else {}
    values |= {"units": [(one, one) for one in UNITS], "step": "5" if unit == "lb" else "2.5"}
    return render(request, "lifter/training/plates.html", values, status=422 if error else 200)


def _worked_out(asked: dict[str, str], unit: str) -> tuple[Any, str]:
    """The answer, or a sentence on what cannot be read."""
    try:
        weight, bar = _number(asked["weight"]), _number(asked["bar"])
        owned = [_number(one) for one in asked["plates"].replace(";", " ").split()] or None
    except ValueError:
        return None, _("Write weights as numbers, such as 82.5; plates with a space between them.")
    try:
        return operations.plates(weight=weight, unit=unit, bar=bar, plates_owned=owned), ""
    except operations.PlateError as error:
        return None, str(error)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
