"""The consult form: what can be filled in, how it is read, and a sentence for each thing that needs another look."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liftback.records.models import Clinic
from liftback.records.phones import PhoneError, read_phone
from liftback.records.write.clinic.requests import LONGEST_WORDS, Told
from liftback.web.clinic.door import places

REACHES = ("phone", "email")
TRAP = "leave_empty"
"""A field that no person sees. Programs that fill in forms fill it in too."""
ORDER = ("name", "reach", "phone", "email", "best_time", "state", "zip", "words", "attach", "agreed")
"""The fields in the order of the page, for the list of what needs another look."""
_TOO_LONG = {"max_length": gettext_lazy("This is too long. Shorten it to %(limit_value)d letters; nothing is cut.")}


class ConsultForm(forms.Form):
    """A consult form as it is sent. `told` gives it whole."""

    name = forms.CharField(
        max_length=120,
        error_messages={"required": gettext_lazy("Tell us what to call you. A first name is enough."), **_TOO_LONG},
    )
    reach = forms.ChoiceField(
        choices=[(one, one) for one in REACHES],
        error_messages={
            "required": gettext_lazy("Choose how we may reach you."),
            "invalid_choice": gettext_lazy("Choose how we may reach you."),
        },
    )
    phone = forms.CharField(required=False, max_length=60, error_messages=_TOO_LONG)
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("This is no whole e-mail address, such as name@example.com."),
            **_TOO_LONG,
        },
    )
    best_time = forms.CharField(required=False, max_length=200, error_messages=_TOO_LONG)
    state = forms.CharField(required=False, max_length=20)
    zip = forms.CharField(required=False, max_length=20)
    place_sure = forms.BooleanField(required=False)
    words = forms.CharField(required=False, max_length=LONGEST_WORDS, error_messages=_TOO_LONG)
    attach = forms.BooleanField(required=False)
    agreed = forms.BooleanField(
        error_messages={"required": gettext_lazy("Without your yes the clinic may not contact you.")}
    )

    def __init__(self, *args: Any, clinic: Clinic, **given: Any) -> None:
        super().__init__(*args, **given)
        self._clinic = clinic
        self.place_doubted = False

    def clean_phone(self) -> str:
        """The number as it is kept. Raises ValidationError with a sentence."""
        text = str(self.cleaned_data["phone"])
        if not text:
            return ""
        try:
            return read_phone(text, self._clinic.country)
        except PhoneError as error:
            raise forms.ValidationError(_(str(error))) from None

    def clean_state(self) -> str:
        """One of the choices; a place that is not known has to be said too. Raises ValidationError."""
        value = str(self.cleaned_data["state"])
        if value not in {one for one, _name in places.choices()} - {""}:
            raise forms.ValidationError(_("Choose the state you are in now. “I do not know” is an answer too."))
        return value

    def clean_zip(self) -> str:
        """Five digits, or nothing. Raises ValidationError."""
        return places.zip_of(str(self.cleaned_data["zip"]))

    def clean_words(self) -> str:
        """The words with line ends of one kind."""
        return str(self.cleaned_data["words"]).replace("\r\n", "\n").replace("\r", "\n")

    def clean(self) -> dict[str, Any]:
        """What only several fields together can be asked about."""
        told = super().clean() or self.cleaned_data
        self._ask_reach(told)
        if not told.get("words") and not told.get("attach") and "words" not in self.errors:
            self.add_error("words", _("A few words about what is going on help us to call you prepared."))
        asked = "zip" not in self.errors and "state" not in self.errors
        doubt = places.doubt(told["zip"], places.state_and_country(told["state"])[0]) if asked else ""
        if doubt:
            self.place_doubted = True
            if not told.get("place_sure"):
                self.add_error("zip", doubt)
        return told

    def _ask_reach(self, told: dict[str, Any]) -> None:
        reach = told.get("reach")
        if reach == "phone" and not told.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Type the number that we may call."))
        if reach == "email" and not told.get("email") and "email" not in self.errors:
            self.add_error("email", _("Type the address that we may write to."))

    def told(self, *, form_id: UUID, language: str) -> Told:
        """The form as the records keep it; only of one that is valid."""
        told = self.cleaned_data
        state, country = places.state_and_country(told["state"])
        kept = {name: told[name] for name in ("name", "reach", "phone", "email", "best_time", "zip", "words")}
        return Told(form_id=form_id, state=state, country=country, language=language, **kept)

    def faults(self) -> dict[str, str]:
        """The first sentence about each field that needs another look."""
        return {name: str(found[0]) for name, found in self.errors.items()}

    def listed(self) -> list[dict[str, str]]:
        """The same in the order of the page, each with the id of its field."""
        faults = self.faults()
        return [{"id": name, "text": faults[name]} for name in ORDER if name in faults]


def form_id_of(text: str) -> UUID:
    """The id that a page was made with; a new one where there is none, or none that can be read."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
