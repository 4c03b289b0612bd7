"""Who a call is with: what the form says, read and checked. Every trouble is a sentence beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from liftback.records import consents
from liftback.records.phones import PhoneError, read_phone
from liftback.records.scheduling.places import STATE_NAMES
from liftback.records.tables.people import Clinic
from liftback.records.tables.practice import ConsentText
from liftback.records.tables.requests import ConsultRequest
from liftback.records.write.storable import storable

LONGEST_NAME, LONGEST_EMAIL = 120, 254
OUTSIDE, UNSURE = "outside", "unsure"
"""Where somebody is now, beside the states: in another country, or they do not know."""
PLACES = frozenset((*STATE_NAMES, OUTSIDE, UNSURE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Who, how to reach them (E.164 number; the address may be empty), where they are now, and what they agreed to."""

    name: str
    phone: str
    email: str
    place: str
    consent: ConsentText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a form came to: `details` where all is well, else `errors` by field."""

    details: Details | None
    errors: Mapping[str, str]


def read_details(
    form: Mapping[str, str],
    *,
    clinic: Clinic,
    request: ConsultRequest | None = None,
    consent: ConsentText | None = None,
) -> Read:
    """Read name, phone, email, place and consent of a form.

    What is left empty is taken from the request that the call belongs to. `consent` is the text that has to be agreed
    to (its number comes back in `consent_text`); None where staff book for somebody.
    """
    errors: dict[str, str] = {}
    name = " ".join(_text(form, "name").split()) or (request.name if request is not None else "")
    if not name:
        errors["name"] = "Say what to call you. A first name is enough."
    elif len(name) > LONGEST_NAME:
        errors["name"] = f"A name has at most {LONGEST_NAME} letters here. Shorten it, please."
    phone = _phone(form, clinic, request, errors)
    email = _email(form, request, errors)
    place = _text(form, "place") or (request.state if request is not None else "")
    if place not in PLACES:
        errors["place"] = "Choose where you are now. “I am not sure” is an answer too."
    if consent is not None:
        _agree(form, consent, errors)
    if errors:
        return Read(details=None, errors=errors)
    return Read(details=Details(name=name, phone=phone, email=email, place=place, consent=consent), errors={})


def consent_text(clinic: Clinic, now: datetime, language: str = "en") -> ConsentText:
    """The text about the free call that is shown and agreed to."""
    return consents.current(clinic=clinic, kind=consents.CALL, now=now, language=language)


def _text(form: Mapping[str, str], name: str) -> str:
    return str(storable(form.get(name, ""))).strip()


def _phone(form: Mapping[str, str], clinic: Clinic, request: ConsultRequest | None, errors: dict[str, str]) -> str:
    told = _text(form, "phone")
    if not told and request is not None and request.phone:
        return request.phone
    if not told:
        errors["phone"] = "Type the number to call you on."
        return ""
    try:
        return read_phone(told, clinic.country)
    except PhoneError as error:
        errors["phone"] = str(error)
        return ""


def _email(form: Mapping[str, str], request: ConsultRequest | None, errors: dict[str, str]) -> str:
    told = _text(form, "email")
    if not told:
        return request.email if request is not None else ""
    try:
        validate_email(told)
    except ValidationError:
        errors["email"] = "This is no e-mail address. Look for a missing @ or a space, or leave it empty."
        return ""
    if len(told) > LONGEST_EMAIL:
        errors["email"] = f"An e-mail address has at most {LONGEST_EMAIL} letters."
    return told


def _agree(form: Mapping[str, str], consent: ConsentText, errors: dict[str, str]) -> None:
    if _text(form, "consent_text") != str(consent.pk):
        errors["consent"] = "The text about the call has changed meanwhile. Read it, and tick it once more."
    elif _text(form, "consent") != "yes":
        errors["consent"] = "Tick that you have read what the call is, so that nobody expects something else of it."
