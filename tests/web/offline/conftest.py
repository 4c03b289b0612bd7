"""A device that sends to the server, for the tests of sending."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from liftback.records import write
from liftback.records.models import Person
from liftback.web.lifter.offline.whose import person_key
from tests.people import person, story

JSON = "application/json"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Device:
    """A signed-in browser. `send` gives the outcomes, `told` an entry as its script makes it."""

    def __init__(self, owner: Person) -> None:
        self.owner = owner
        self.lifter = write.lifter_for(actor=owner, now=timezone.now())
        self.client = Client()
        self.client.force_login(owner, backend=BACKEND)

    def told(self, kind: str = "check_in", /, *, day: str = "", **more: Any) -> dict[str, Any]:
        """An entry of now; of a check-in with the fields of its form."""
        now = timezone.now()
        made = {
            "client_id": str(uuid.uuid4()),
            "person": person_key(self.owner),
            "device": "a phone",
            "kind": kind,
            "day": day or now.date().isoformat(),
            "client_time": now.isoformat(),
        }
        return {**made, **more}

    def check_in(self, **fields: str) -> dict[str, Any]:
        """A check-in with these fields."""
        return self.told(form=[[name, value] for name, value in fields.items()])

    def post(self, body: Any) -> Any:
        """The answer to a body."""
        return self.client.post("/sync/", body, content_type=JSON)

    def send(self, *entries: Any) -> list[dict[str, str]]:
        """What became of entries."""
        response = self.post({"entries": list(entries)})
        assert response.status_code == 200, response.content
        found: list[dict[str, str]] = response.json()["outcomes"]
        return found


@pytest.fixture
def device(db: None) -> Device:
    """A signed-in lifter with a story in which every warning sign is a no."""
    made = Device(person("ann"))
    write.keep_story(
        actor=made.owner, lifter=made.lifter, document=story(timezone.now().date()), via="interview", now=timezone.now()
    )
    return made


@pytest.fixture
def other_device(db: None) -> Device:
    """Another lifter's."""
    return Device(person("bob"))
