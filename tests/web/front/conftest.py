"""A visitor who answers the interview like a browser: one form after the other, with the fields that the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

import pytest
from django.core.cache import cache as counts
from django.test import Client

from liftback import operations
from liftback.records import write
from tests.people import lifter_of, person

Answers = Mapping[str, str | Sequence[str]]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Visitor:
    """A browser without JavaScript. `answers` are by field; every list is answered "none", all else is left open."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.at = "/interview/"

    def begin(self, door: str = "achy", **more: str) -> Any:
        """Come in by a door."""
        return self.client.post("/start/", {"door": door, **more})

    def hold(self, interview: operations.Interview, *, judged: bool = False) -> None:
        """Put an interview into the session, as if it had been answered so far."""
        session = self.client.session
        session["interview"] = operations.interview_stored(interview=interview)
        if judged:
            session["told"] = operations.interview_file(interview=interview)
        session.save()

    def step(self) -> dict[str, Any]:
        """The step that the page shows."""
        shown: dict[str, Any] = self.client.get(self.at).context["step"]
        return shown

    def send(self, step: Mapping[str, Any], value: str | Sequence[str], **headers: str) -> Any:
        """Answer a step as it was shown."""
        fields = {"step": step["step"], "done": step["done"], step["field"]: value}
        return self.client.post(self.at, fields, headers=headers)

    def walk(self, answers: Answers | None = None, *, until: str = "", most: int = 80) -> str:
        """Answer step after step until another page comes, or the step `until`; the address it ended at."""
        given = answers or {}
        for _ in range(most):
            response = self.client.get(self.at)
            if response.status_code != 200:
                return str(response["Location"])
            step = response.context["step"]
            if step["field"] == until:
                return self.at
            sent = self.send(step, given.get(step["field"], "none" if step["input"] == "lines" else "skip"))
            assert sent.status_code == 302, (step["field"], sent.context["error"])
            if sent["Location"] != self.at:
                return str(sent["Location"])
        raise AssertionError("the interview has no end")


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No form sent yet: what one test sends must not count as too many for the next."""
    counts.clear()


@pytest.fixture
def visitor(db: None, client: Client) -> Visitor:
    """A stranger."""
    return Visitor(client)


@cache
def answered_until(stage: str, *answers: tuple[str, str]) -> operations.Interview:
    """An interview up to a stage: every list answered "none", all else left open but `answers`; made without pages."""
    today, told = datetime.now(UTC).date(), dict(answers)
    interview = operations.Interview()
    while (step := operations.interview_step(interview=interview, today=today)) is not None and step.stage != stage:
        shown = operations.step_values(step=step, interview=interview, today=today)
        value = told.get(shown["field"], "none" if shown["input"] == "lines" else "skip")
        interview = operations.interview_given(
            interview=interview, step=step, values={shown["field"]: [value]}, today=today
        )
    return interview


@pytest.fixture
def judged(visitor: Visitor) -> Visitor:
    """A stranger who has gone through the warning signs, none of them there."""
    visitor.begin()
    visitor.hold(answered_until("story", ("age", "34")), judged=True)
    return visitor


@pytest.fixture
def lifter(db: None, client: Client) -> Visitor:
    """A signed-in lifter with nothing told."""
    ann = person("ann")
    lifter_of(ann)
    client.force_login(ann, backend=BACKEND)
    return Visitor(client)


@pytest.fixture
def told(lifter: Visitor) -> Visitor:
    """A signed-in lifter who has gone through the warning signs, none of them there."""
    visit = cast("Any", lifter.client.get("/").wsgi_request).visitor
    document = operations.interview_file(interview=answered_until("story", ("age", "34")))
    write.keep_story(actor=visit.person, lifter=visit.lifter, document=document, via="interview", now=visit.now)
    return lifter
