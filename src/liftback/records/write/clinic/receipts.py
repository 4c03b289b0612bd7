"""The e-mails to whoever sent a consult form: that it has come in, and that a colleague was written to."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from liftback.records import signed
from liftback.records.links import absolute
from liftback.records.mail import outbox
from liftback.records.tables.requests import ConsultRequest

ASKED = "asked"
"""The purpose of the link to what happens next."""
_EMERGENCY = "If it feels like an emergency, do not wait for us: call your emergency number (911 in the US)."


def asked_path(request: ConsultRequest) -> str:
    """The address of the page that says what happens next."""
    return reverse("clinic:asked", args=[signed.link_token(ASKED, str(request.pk))])


def receipt(request: ConsultRequest, *, now: datetime) -> bool:
    """Tell the person that their form has come in, without a word of what it says; False where no e-mail was told."""
    if not request.email:
        return False
    link = absolute(asked_path(request))
    return outbox.put(
        key=f"request/{request.pk}/receipt",
        kind="receipt",
        to=request.email,
        subject=f"{request.clinic.name}: your form has come in",
        body=f"Hello {first_name(request)},\n\nyour form has reached {request.clinic.name}. What happens next, and "
        f"until when, is on this page. You can also take it back there:\n\n{link}\n\n{_EMERGENCY}\n",
        now=now,
        clinic=request.clinic,
        request=request,
        reply_to=request.clinic.email,
    )


def first_name(request: ConsultRequest) -> str:
    """The first word of the name: all that a page behind a link shows of it."""
    return (request.name.split() or [""])[0]
