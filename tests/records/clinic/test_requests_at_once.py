"""The same form at the same moment, and two workers that escalate at once: once each, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from liftback.records import consents
from liftback.records.models import ConsultRequest, Escalation, Mail, RequestStep
from liftback.records.write.clinic.escalating import escalate
from tests.people import NOW
from tests.records.clinic.door_people import practice, take

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def at_once(deed: Callable[[], Any]) -> list[Any]:
    """What a deed gives to each of several threads, each with a connection of its own, begun together."""
    ready, found = threading.Barrier(MANY), list[Any]()

    def run() -> None:
        try:
            ready.wait()
            found.append(deed())
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(MANY)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def test_a_form_at_the_same_moment_is_one_request_and_one_answer() -> None:
    here, form_id = practice(), uuid4()
    consents.current(clinic=here, kind=consents.CONSULT, now=NOW)
    found = at_once(lambda: take(here, form_id=form_id, words="I can't pee since yesterday").pk)
    assert len(set(found)) == 1, found
    assert ConsultRequest.objects.count() == 1
    assert Mail.objects.filter(kind="receipt").count() == 1
    assert RequestStep.objects.filter(kind="received").count() == 1


def test_two_workers_tell_each_share_once() -> None:
    here = practice()
    for _ in range(5):
        take(here)
    found = at_once(lambda: escalate(now=NOW + timedelta(hours=21)))
    assert sum(found) == 5, found
    assert Escalation.objects.count() == 10
    assert RequestStep.objects.filter(kind="escalated").count() == 10
    assert Mail.objects.filter(kind="request_waits").count() == 5 * 2
