"""Introducing a person to a colleague elsewhere: by their consent, with their name and how to reach them alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from liftback.records import consents, modules, phones
from liftback.records.mail import outbox
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.tables.practice import Colleague, ConsentText
from liftback.records.tables.requests import ConsultRequest, HandOver, RequestStep
from liftback.records.write.clinic.receipts import first_name

OPEN_SIGN = (
    "Something in this request must not wait, so no introduction is sent now. Do first what stands at the top of your "
    "page; afterwards the clinic helps you to find somebody."
)
CLOSED = "This request is closed, so nothing more is sent for it. A new form takes two minutes."
NEW_TEXT = "The text about the introduction has changed. Read it again, and send it once more."
NO_ADDRESS = "We have no e-mail address of this colleague. Their phone or page is listed beside their name."


def introduce(*, request: ConsultRequest, colleague_id: UUID, consent: ConsentText, now: datetime) -> HandOver:
    """Write to a colleague, once, that this person would like to hear from them, and a copy to the person.

    Only a colleague of the clinic who may practise where the person is can be chosen. Nothing of what was told is sent.
    Raises NotAllowedError for a colleague who is none of these, NotNowError where it cannot be done now.
    """
    with transaction.atomic():
        locked = ConsultRequest.objects.select_for_update().get(pk=request.pk)
        modules.check(locked.clinic, modules.DIRECTORY)
        there = HandOver.objects.filter(request=locked, colleague=colleague_id).first()
        if there is not None:
            return there
        _check(locked, consent)
        colleague = Colleague.objects.filter(clinic=locked.clinic, active=True, pk=colleague_id).first()
        if colleague is None or not locked.state or locked.state not in colleague.states:
            raise NotAllowedError(NOT_YOURS)
        if not colleague.email:
            raise NotNowError(NO_ADDRESS)
        made = HandOver.objects.create(
            request=locked, colleague=colleague, colleague_name=colleague.name, consent=consent, at=now
        )
        RequestStep.objects.create(
            request=locked, at=now, by_name=locked.name, kind="introduced", why=colleague.name, details={}
        )
        _write(locked, colleague, made, now)
    return made


def _check(request: ConsultRequest, consent: ConsentText) -> None:
    if consent.kind != consents.HAND_OVER or consent.clinic_id not in (None, request.clinic_id):
        raise NotNowError(NEW_TEXT)
    if request.closed_at is not None:
        raise NotNowError(CLOSED)
    if request.flagged:
        raise NotNowError(OPEN_SIGN)


def _write(request: ConsultRequest, colleague: Colleague, made: HandOver, now: datetime) -> None:
    clinic = request.clinic
    reach = [phones.shown(request.phone, clinic.country)] if request.phone else []
    reach += [request.email] if request.email else []
    their_name = ", ".join(one for one in (colleague.name, colleague.practice) if one)
    their_reach = "\n".join(one for one in (colleague.phone, colleague.email, colleague.website) if one)
    outbox.put(
        key=f"hand_over/{made.pk}/colleague",
        kind="hand_over",
        to=colleague.email,
        subject=f"{clinic.name}: somebody would like to hear from you",
        body=f"Dear {colleague.name},\n\n{request.name} asked {clinic.name} for help, is where you are licensed, and "
        f"agreed that we write to you. Would you get in touch?\n\n{request.name}\n" + "\n".join(reach) + "\n\n"
        "What they told us about themselves we leave to them to tell you.\n\n"
        f"{clinic.name}\n{clinic.phone}\n",
        now=now,
        clinic=clinic,
        request=request,
        reply_to=request.email or clinic.email,
    )
    outbox.put(
        key=f"hand_over/{made.pk}/copy",
        kind="hand_over_copy",
        to=request.email,
        subject=f"{clinic.name}: we have written to {colleague.name}",
        body=f"Hello {first_name(request)},\n\nas you asked, we have sent your name and how to reach you to "
        f"{their_name}, and nothing else.\n\n{their_reach}\n\n"
        f"If you do not hear from them, call them, or ask us for somebody else.\n\n{clinic.name}\n{clinic.phone}\n",
        now=now,
        clinic=clinic,
        request=request,
        reply_to=clinic.email,
    )
