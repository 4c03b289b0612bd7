"""`/health` and `/metrics`: right numbers for whoever runs the server, next to nothing for others."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from liftback.records import health as store
from liftback.records.consents import current
from liftback.records.jobs import clock, tick
from liftback.records.mail import outbox
from liftback.records.models import Clinic, ConsultRequest
from tests.people import NOW, clinic

ELSEWHERE = ({"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, {"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_REAL_IP": "127.0.0.1"})


@pytest.fixture
def here(db: None) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield clinic("here")


@pytest.fixture(autouse=True)
def same_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store's clock is the travelled one."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def asked(here: Clinic, number: int, **more: Any) -> ConsultRequest:
    """A request whose promise ran out two hours ago."""
    given = {"consent": current(clinic=here, kind="consult", now=NOW, language="en"), "consent_at": NOW, "name": "Ann"}
    times = {"received_at": NOW - timedelta(hours=26), "due_at": NOW - timedelta(hours=2)}
    form = f"00000000-0000-4000-8000-{number:012}"
    return ConsultRequest.objects.create(clinic=here, form_id=form, route="queue", **{**given, **times, **more})


def health(client: Client, **headers: Any) -> tuple[int, dict[str, Any]]:
    answer = client.get("/health", **headers)
    found: dict[str, Any] = json.loads(answer.content)
    return answer.status_code, found


def test_a_server_that_is_well(here: Clinic, client: Client) -> None:
    tick.tick(now=NOW)
    status, told = health(client)
    assert (status, told["status"], told["words"], told["tick_s"]) == (200, "ok", [], 0)
    assert told["about"]["tzdata"]
    assert told["about"]["store"] == connection.vendor
    assert told["store_ms"] < 10_000
    assert client.get("/healthz").status_code == 200


def test_what_is_late_and_what_waits_is_told_without_names(here: Clinic, client: Client) -> None:
    tick.tick(now=NOW)
    asked(here, 1), asked(here, 2, met_at=NOW), asked(here, 3, closed_at=NOW), asked(here, 4, due_at=None)
    outbox.put(key="k", kind="t", to="a@p.example", subject="s", body="b", now=NOW - timedelta(minutes=20))
    status, told = health(client)
    assert (status, told["status"]) == (200, "degraded")
    assert told["words"] == ["e-mails wait: is the mail server away?", "promises are late"]
    counts = {name: told[name] for name in ("requests_open", "promises_late", "promises_late_s", "mails_due")}
    assert counts == {"requests_open": 3, "promises_late": 1, "promises_late_s": 7200, "mails_due": 1}
    assert "Ann" not in json.dumps(told)
    assert client.get("/health?strict").status_code == 503


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_others_learn_only_how_it_is(here: Clinic, client: Client, headers: dict[str, str]) -> None:
    assert health(client, **headers)[1] == {"status": "degraded", "store": "ok"}
    assert client.get("/metrics", **headers).status_code == 404  # type: ignore[arg-type]  # headers by name


def test_the_token_opens_both(here: Clinic, client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "a long token"  # noqa: S105 - of this test
    given = {**ELSEWHERE[0], "HTTP_AUTHORIZATION": "Bearer a long token"}
    assert "words" in health(client, **given)[1]
    assert client.get("/metrics", **given).status_code == 200  # type: ignore[arg-type]  # headers by name
    for wrong in ("Bearer", "Bearer a long", "Basic a long token", "Bearer  "):
        assert client.get("/metrics", **{**given, "HTTP_AUTHORIZATION": wrong}).status_code == 404  # type: ignore[arg-type]  # as above
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", **{**given, "HTTP_AUTHORIZATION": "Bearer "}).status_code == 404  # type: ignore[arg-type]  # as above


def test_a_store_that_is_away(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*, now: object) -> None:
        raise OperationalError("planted words")

    monkeypatch.setattr(store, "look", away)
    assert health(client) == (503, {"status": "away", "store": "away"})


def test_a_clock_that_is_off_is_told(here: Clinic, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tick.tick(now=NOW)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    told = health(client)[1]
    assert told["clock_off_s"] == -3600
    assert told["words"] == ["this machine's clock differs from the store's"]


def numbers(client: Client) -> dict[str, list[Any]]:
    families = text_string_to_metric_families(client.get("/metrics").content.decode())
    return {one.name: one.samples for one in families}


def test_prometheus_reads_the_numbers(here: Clinic, client: Client) -> None:
    tick.tick(now=NOW)
    asked(here, 1)
    found = numbers(client)
    assert found["liftback_promises_late"][0].value == 1
    assert found["liftback_promises_late_seconds"][0].value == 7200
    assert found["liftback_requests_open"][0].value == 1
    assert found["liftback_tick_seconds"][0].value == 0
    assert "liftback_mails_due_seconds" not in found, "nothing waits"


def test_requests_are_counted_by_name_and_never_by_address(here: Clinic, client: Client) -> None:
    def counted() -> dict[tuple[str, str, str], float]:
        return {
            (one.labels["route"], one.labels["method"], one.labels["status"]): one.value
            for one in numbers(client).get("liftback_requests", [])
            if one.name.endswith("_total")
        }

    before = counted()
    client.get("/nowhere/planted-secret/"), client.get("/now/"), client.generic("PLANTED", "/now/")
    after = counted()
    risen = {name: value - before.get(name, 0) for name, value in after.items() if name[0] != "metrics"}
    assert {name: by for name, by in risen.items() if by} == {
        ("none", "GET", "404"): 1,
        ("lifter:now", "GET", "200"): 1,
        ("lifter:now", "other", "405"): 1,
    }
    assert "planted" not in client.get("/metrics").content.decode().casefold()


def test_every_number_of_health_is_explained() -> None:
    from liftback.web.shared.metrics import GAUGES  # noqa: PLC0415 - of this test alone

    assert set(GAUGES) == set(store.Health.__dataclass_fields__)
