"""The e-mails of a clinic that did not get out: what waits for the mail server, and which addresses were refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from liftback.records.mail.sending import REFUSED
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Clinic

PATIENCE = timedelta(minutes=2)
"""An e-mail that should have gone out longer ago than this is told of."""
SHOWN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """So many e-mails `waiting` since then, and so many whose address the mail server `refused` lately."""

    waiting: int
    since: datetime | None
    refused: int

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.waiting or self.refused)


def unsent(clinic: Clinic, *, now: datetime) -> Unsent:
    """What of a clinic's e-mails did not get out; the mail server's words are not kept, and no address is given."""
    # Two questions, each of an index: what was sent long ago is most of the table, and none of their business.
    of_clinic = Mail.objects.filter(clinic=clinic)
    waits = of_clinic.filter(state__in=[Mail.State.QUEUED, Mail.State.SENDING], not_before__lt=now - PATIENCE)
    found = waits.aggregate(waiting=Count("pk"), since=Min("not_before"))
    lately = of_clinic.filter(state=Mail.State.DROPPED, not_before__gt=now - SHOWN_FOR)
    refused = lately.filter(last_error__startswith=REFUSED).count()
    return Unsent(waiting=found["waiting"], since=found["since"], refused=refused)
