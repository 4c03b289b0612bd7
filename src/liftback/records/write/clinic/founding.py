"""The beginning of a clinic: its row, and an invitation to its first owner. Everything else the owner states."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import IntegrityError, transaction

from liftback.records.days import zones
from liftback.records.policies import NotNowError
from liftback.records.tables.people import Clinic, Membership
from liftback.records.write.clinic.team import write_invitation
from liftback.records.write.storable import storable

LONGEST_NAME, LONGEST_SLUG = 120, 60


def found(
    *, name: str, slug: str, owner: str, now: datetime, zone: str = "America/New_York", subdivision: str = ""
) -> tuple[Clinic, str]:
    """Make a clinic, and invite its first owner by e-mail; the clinic, and the token of the invitation's link.

    `slug` is its public address, and stays. Raises NotNowError with what to look at.
    """
    words, address = " ".join(storable(name).split()), owner.strip().casefold()
    if not words or len(words) > LONGEST_NAME:
        raise NotNowError(f"A clinic has a name of at most {LONGEST_NAME} letters.")
    _check(validate_slug, slug, f"{slug!r} cannot be part of an address. Use letters, digits and hyphens.")
    _check(validate_email, address, f"{owner!r} is no e-mail address.")
    if len(slug) > LONGEST_SLUG:
        raise NotNowError(f"At most {LONGEST_SLUG} letters for the address.")
    if zone not in zones():
        raise NotNowError(f"{zone!r} is no time zone. Such as America/New_York.")
    try:
        with transaction.atomic():
            clinic = Clinic.objects.create(name=words, slug=slug, zone=zone, subdivision=subdivision.upper()[:8])
            token = write_invitation(clinic=clinic, email=address, role=Membership.Role.OWNER, by=words, now=now)
    except IntegrityError:
        raise NotNowError(f"There is a clinic at {slug!r} already. Choose another address.") from None
    return clinic, token


def _check(valid: object, text: str, sentence: str) -> None:
    try:
        valid(text)  # type: ignore[operator]  # Django's validators are called with the value
    except ValidationError:
        raise NotNowError(sentence) from None
