"""Where somebody is now: the choices of the form, and how a ZIP code is read. Nothing is guessed from one another."""

from __future__ import annotations

import re

from django.forms import ValidationError
from django.utils.translation import gettext as _

from liftback.records.read.clinic.door import zip_problem
from liftback.records.scheduling.places import STATE_NAMES, STATES

OUTSIDE, UNKNOWN = "outside", "unknown"
_FIVE = re.compile(r"^(\d{5})(?:[- ]?\d{4})?$", re.ASCII)


def choices(*, anybody: bool = True) -> list[tuple[str, str]]:
    """The states by name, and the two answers that are no state (without them where only a state can be searched)."""
    others = [(UNKNOWN, _("I do not know")), (OUTSIDE, _("Outside the United States"))] if anybody else []
    return [("", _("Choose your state")), *STATES, *others]


def state_and_country(value: str) -> tuple[str, str]:
    """The state and the country of a choice: ("", "") where the place is not known, ("", "ZZ") for elsewhere."""
    if value in STATE_NAMES:
        return value, "US"
    return "", "ZZ" if value == OUTSIDE else ""


def zip_of(text: str) -> str:
    """The five digits of a ZIP code, empty for none. Raises ValidationError for what is not one."""
    written = text.strip()
    if not written:
        return ""
    found = _FIVE.match(written)
    if found:
        return found.group(1)
    if re.fullmatch(r"\d{3}", written, re.ASCII):
        raise ValidationError(_("Three digits are a whole region, not a place. Type all five, or leave it empty."))
    raise ValidationError(_("A ZIP code has five digits. Type all five, or leave it empty."))


def doubt(zip_code: str, state: str) -> str:
    """A gentle question where a ZIP code and a state do not go together; empty where they do."""
    if not zip_code:
        return ""
    problem = zip_problem(zip_code, state)
    if problem == "unknown":
        return _("We do not know the ZIP code %(zip)s. Is it right?") % {"zip": zip_code}
    if problem:
        values = {"zip": zip_code, "there": STATE_NAMES.get(problem, problem), "chosen": STATE_NAMES.get(state, state)}
        return _("%(zip)s is in %(there)s, and you chose %(chosen)s. Where are you now?") % values
    return ""
