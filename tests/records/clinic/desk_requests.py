"""Requests for the tests of the desk: made as rows, so that each test says what it needs and nothing else."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from liftback.records import consents
from liftback.records.models import Clinic, ConsultRequest, RequestStep
from liftback.records.write.clinic import attempts
from tests.people import NOW

DAY = timedelta(hours=24)


def a_request(clinic: Clinic, name: str = "Robin Ray", **more: Any) -> ConsultRequest:
    """A request that came in two hours ago and is due a day after that."""
    received = more.pop("received_at", NOW - timedelta(hours=2))
    given: dict[str, Any] = {
        "form_id": uuid.uuid4(),
        "phone": "+12125550123",
        "email": "robin@people.example",
        "country": "US",
        "state": "NY",
        "words": "My back went on Monday.",
        "consent": consents.current(clinic=clinic, kind=consents.CONSULT, now=NOW),
        "consent_at": received,
        "route": ConsultRequest.Route.QUEUE,
        "received_at": received,
        "due_at": received + DAY,
        **more,
    }
    row = ConsultRequest.objects.create(clinic=clinic, name=name, **given)
    RequestStep.objects.create(request=row, at=received, by_name=name, kind="received")
    return row


def tried(staff: Any, request: ConsultRequest, result: str, *, at: datetime = NOW, now: datetime | None = None) -> bool:
    """Write down a try, as "phone:no_answer"."""
    channel, _, outcome = result.partition(":")
    return attempts.add(
        staff=staff,
        request=request.pk,
        client_id=uuid.uuid4(),
        channel=channel,
        outcome=outcome,
        at=at,
        now=now or max(at, NOW),
    )
