"""Phone numbers of any country: read as people write them, kept as the whole world dials them, shown as read aloud."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from liftback.records.write.storable import storable

LONGEST = 32
"""Letters of a number as it is kept, an extension included."""
_EXTENSION = ";ext="
_SHORT = "This number is too short. Is a digit missing, or the area code?"
_LONG = "This number is too long. Is a digit typed twice?"
_NONE = "This cannot be read as a phone number. Write the digits, with + and the country code if it is not from here."


class PhoneError(ValueError):
    """What was typed cannot be a phone number; the sentence says what to look at."""


def read_phone(text: str, region: str) -> str:
    """A number as `+` and all its digits (E.164), with `;ext=` where it has an extension.

    `region` is the country (two letters) that a number without a country code is taken to be of. A number that could
    be dialled is taken, although no list knows it: lists are behind. Raises PhoneError.
    """
    try:
        number = phonenumbers.parse(str(storable(text)), region.upper() or None)
    except NumberParseException as error:
        raise PhoneError(_sentence(error)) from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == ValidationResult.TOO_LONG:
        raise PhoneError(_LONG)
    if possible in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        raise PhoneError(_SHORT)
    if possible != ValidationResult.IS_POSSIBLE:
        raise PhoneError(_NONE)
    kept = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    kept += f"{_EXTENSION}{number.extension}" if number.extension else ""
    if len(kept) > LONGEST:
        raise PhoneError(_LONG)
    return kept


def shown(kept: str, region: str = "") -> str:
    """A kept number as people read it: short for one of `region`, with its country code otherwise."""
    number = _parsed(kept)
    if number is None:
        return kept
    home = bool(region) and phonenumbers.region_code_for_number(number) == region.upper()
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def dialled(kept: str) -> str:
    """A kept number as a link dials it: `tel:` and the digits."""
    return f"tel:{kept}"


def _parsed(kept: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(kept, None)
    except NumberParseException:
        return None


def _sentence(error: NumberParseException) -> str:
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return "This has no country code that we know. Begin with + and the code of the country, such as +1 or +44."
    if error.error_type in (NumberParseException.TOO_SHORT_NSN, NumberParseException.TOO_SHORT_AFTER_IDD):
        return _SHORT
    return _LONG if error.error_type == NumberParseException.TOO_LONG else _NONE
