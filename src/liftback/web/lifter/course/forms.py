"""What can be filled in about a day and a week, and how it is read: what was left out stays not told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liftback import operations
from liftback.records.policies import LONGEST_NOTE

DID_NOT_LIFT = "none"
SIGNS = ("no", "yes", "not_sure")
LOWEST, HIGHEST = 0, 10
_SCORE = {
    "invalid": _("Tap a number from 0 to 10, or leave it out."),
    "min_value": _("Tap a number from 0 to 10, or leave it out."),
    "max_value": _("Tap a number from 0 to 10, or leave it out."),
}


class Score(forms.FloatField):
    """A number from 0 to 10; None where it was left out, or where there was nothing to score."""

    def __init__(self) -> None:
        super().__init__(required=False, min_value=LOWEST, max_value=HIGHEST, error_messages=_SCORE)

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # the stubs say int of a field of floats
        """The number as it is stored: 4, not 4.0, and no finer than a person can tell."""
        number = super().to_python(None if value == DID_NOT_LIFT else value)
        if number is None:
            return None
        if not math.isfinite(number):
            raise forms.ValidationError(_SCORE["invalid"])
        return int(number) if number.is_integer() else round(number, 1)


class CheckInForm(forms.Form):
    """One day: all of it may be left out, but not everything at once."""

    pain = Score()
    sleep = Score()
    stress = Score()
    lift_pain = Score()
    flare = forms.BooleanField(required=False)
    event = forms.BooleanField(required=False)
    note = forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        error_messages={"max_length": _("The note is too long. Shorten it to %(limit_value)d letters.")},
    )
    signs = forms.ChoiceField(
        required=False,
        choices=[(one, one) for one in SIGNS],
        error_messages={"invalid_choice": _("Tap No, Yes or Not sure, or leave it out.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a form in which nothing is told."""
        told = super().clean() or {}
        if not self.errors and all(value in (None, "", False) for value in told.values()):
            raise forms.ValidationError(_("Nothing is told yet. Tap at least one number, then keep it."))
        return told

    @property
    def payload(self) -> dict[str, Any]:
        """What is kept of it."""
        told: dict[str, Any] = dict(self.cleaned_data)
        return {**told, "signs": told["signs"] or None}


def weekly_given(data: Mapping[str, str], ids: list[str]) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """The answers to questionnaires by form and item, and a sentence for each item that cannot be read, by its field.

    A field is named by form and item: `peg.peg_pain`. Items without an answer are left out.
    """
    answers: dict[str, dict[str, Any]] = {}
    errors: dict[str, str] = {}
    for name in ids:
        for item in operations.forms(form=name)[0]["items"]:
            field = f"{name}.{item['id']}"
            raw = str(data.get(field, "")).strip()
            if not raw:
                continue
            value = _item_value(item, raw)
            if value is None:
                errors[field] = str(_("That is none of the answers. Tap one of them, or leave it out."))
            else:
                answers.setdefault(name, {})[item["id"]] = value
    return answers, errors


def _item_value(item: Mapping[str, Any], raw: str) -> int | float | str | None:
    if item["choices"]:
        return raw if raw in item["choices"] else None
    try:
        number = float(raw)
    except ValueError:
        return None
    if not item["minimum"] <= number <= item["maximum"]:  # also what is no number
        return None
    return int(number) if number == int(number) else number
