"""Everything a lifter told can be taken home whole, and deleted whole."""

from __future__ import annotations

import csv
import io
import json
import uuid
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from liftback.records import export, write
from liftback.records.models import Entry, Lifter, LogFile, Person, StoryVersion
from tests.people import NOW, PASSWORD, TODAY, entry, lifter_of, person, story
from tests.web.data.conftest import BACKEND, SAMPLES

EXPORT, DELETE = "/my-data/export.zip", "/my-data/delete/"
FORMULA = '=HYPERLINK("http://x.example")'


def live(who: Person) -> None:
    """Tell something of every kind."""
    own = lifter_of(who)
    write.keep_story(actor=who, lifter=own, document=story(), via="interview", now=NOW)
    write.keep_story(actor=who, lifter=own, document=story(pain_now="4"), via="signs", now=NOW + timedelta(minutes=1))
    content = (SAMPLES / "hevy_lb_km.csv").read_bytes()
    write.import_file(
        actor=who, lifter=own, name="../../my log.csv", content=content, format="hevy", sets=3, unit="lb",
        names={"A": "Atlas Stone"}, now=NOW,
    )  # fmt: skip
    done = entry("done", lift="deadlift", exercise="deadlift", sets=3, reps=5, weight=82.25, unit="lb", note="-ok")
    told = [
        entry("check_in", TODAY - timedelta(days=1), pain=3, sleep=None, event=True, note=FORMULA),
        done,
        entry("after", of=str(done.client_id), told={"during": "green"}),
        entry("weekly", forms={"peg": {"enjoyment": 3, "activity": 4}}),
        entry("flare", note="<b>bad</b>"),
    ]
    assert {one.state for one in write.tell(actor=who, lifter=own, entries=told, now=NOW)} == {"kept"}


@pytest.fixture
def taken(ann: Person, at_home: Client) -> zipfile.ZipFile:
    """What Ann's export holds."""
    live(ann)
    answer = at_home.get(EXPORT)
    assert answer.headers["Content-Type"] == "application/zip"
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it is a FileResponse
    assert int(answer.headers["Content-Length"]) == len(content)
    return zipfile.ZipFile(io.BytesIO(content))


def rows(taken: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken.read(name).decode("utf-8-sig"), newline="")))


def test_the_page_counts_what_is_kept(ann: Person, at_home: Client) -> None:
    live(ann)
    page = at_home.get("/my-data/").content.decode()
    for words in ("2 versions", "1 file", "my log.csv", ann.email):
        assert words in page


def test_the_json_has_every_entry_and_story_exactly_as_told(taken: zipfile.ZipFile) -> None:
    whole = json.loads(taken.read("liftback.json"))
    entries = {one["client_id"]: one for one in whole["entries"]}
    assert len(entries) == Entry.objects.count() == 5
    for row in Entry.objects.all():
        kept = entries[str(row.client_id)]
        assert (kept["kind"], kept["payload"], kept["day"]) == (row.kind, row.payload, row.day.isoformat())
    assert [one["document"] for one in whole["stories"]] == list(
        StoryVersion.objects.order_by("told_at").values_list("document", flat=True)
    )
    assert whole["person"]["email"] == "ann@people.example"
    assert whole["files"][0]["names"] == {"A": "Atlas Stone"}


def test_the_original_file_is_there_byte_for_byte_and_leads_out_of_no_folder(taken: zipfile.ZipFile) -> None:
    (name,) = [one for one in taken.namelist() if one.startswith("logs/")]
    assert taken.read(name) == (SAMPLES / "hevy_lb_km.csv").read_bytes()
    assert ".." not in name
    assert name.count("/") == 1


def test_the_tables_keep_weights_as_typed_and_run_no_formula(taken: zipfile.ZipFile) -> None:
    (diary,) = rows(taken, "diary.csv")
    assert (diary["pain"], diary["sleep"], diary["event"], diary["note"]) == ("3", "", "yes", f"'{FORMULA}")
    done, after = rows(taken, "exposures.csv")
    assert (done["weight"], done["unit"], done["note"]) == ("82.25", "lb", "'-ok")
    assert (after["of"], after["told"]) == (done["client_id"], "during=green")
    assert [(one["form"], one["item"], one["answer"]) for one in rows(taken, "weekly.csv")] == [
        ("peg", "activity", "4"),
        ("peg", "enjoyment", "3"),
    ]
    assert "An empty cell was not told" in taken.read("README.txt").decode()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_a_table_is_taken_for_a_formula(sign: str) -> None:
    assert export.cell(f"{sign}1+1") == f"'{sign}1+1"
    assert export.cell(-20) == "-20"
    assert export.cell(None) == ""


def test_nobodys_export_has_anything_of_another(taken: zipfile.ZipFile) -> None:
    bob, client = person("bob"), Client()
    client.force_login(bob, backend=BACKEND)
    answer = client.get(EXPORT)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it is a FileResponse
    whole = zipfile.ZipFile(io.BytesIO(content))
    assert json.loads(whole.read("liftback.json"))["entries"] == []
    assert b"ann@" not in b"".join(whole.read(name) for name in whole.namelist())


def test_an_export_that_fails_gives_a_page_and_no_half_file(
    ann: Person, at_home: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(ann)

    def locked(*_a: Any, **_k: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(export, "_everything", locked)
    answer = at_home.get(EXPORT)
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")


# --- deletion --------------------------------------------------------------------------------------------------------


def sign_in(who: Person) -> Client:
    client = Client()
    answer = client.post("/account/login/", {"login": who.email, "password": PASSWORD, "remember": "on"})
    assert answer.status_code == 302, answer.content.decode()
    answer = client.post("/account/reauthenticate/", {"password": PASSWORD, "next": DELETE})
    assert answer.headers["Location"] == DELETE
    return client


def all_rows() -> dict[str, int]:
    """Every row of every table there is."""
    return {str(table._meta.label): table._default_manager.count() for table in apps.get_models()}


def test_deletion_leaves_no_row_of_the_person_in_any_table(ann: Person) -> None:
    before_anybody = all_rows()
    who = person("cara")
    live(who)
    phone, desk = sign_in(who), sign_in(who)
    phone.get("/today/")
    Client().post("/account/login/", {"login": who.email.upper(), "password": "wrong"})
    assert AccessAttempt.objects.exists()
    assert all_rows() != before_anybody
    answer = desk.post(DELETE, {"address": f" {who.email.upper()} "})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/deleted/")
    assert all_rows() == before_anybody
    assert "Everything is deleted" in desk.get("/deleted/").content.decode()
    assert phone.get("/my-data/").status_code == 302  # signed out there, too
    assert Person.objects.filter(pk=ann.pk).exists()
    assert Lifter.objects.filter(person=ann).exists()


def test_deletion_after_a_new_password_ends_every_session(ann: Person) -> None:
    client = sign_in(ann)
    new = "another long password"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    ann.refresh_from_db()
    assert ann.check_password(new)
    assert client.post(DELETE, {"address": ann.email}).status_code == 302
    assert not Session.objects.exists()
    assert not Person.objects.filter(pk=ann.pk).exists()


@pytest.mark.parametrize("typed", ["", "delete", "bob@people.example"])
def test_nothing_is_deleted_without_the_address(ann: Person, typed: str) -> None:
    live(ann)
    client = sign_in(ann)
    page = client.post(DELETE, {"address": typed}).content.decode()
    assert "nothing was deleted" in page
    assert Person.objects.filter(pk=ann.pk).exists()
    assert LogFile.objects.exists()


def test_who_did_not_sign_in_lately_is_asked_for_the_password_first(at_home: Client) -> None:
    answer = at_home.get(DELETE)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_a_deletion_that_fails_deletes_nothing(ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    live(ann)
    client, before = sign_in(ann), all_rows()

    def full(*_a: Any, **_k: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("django.db.models.query.QuerySet._raw_delete", full)
    assert client.post(DELETE, {"address": ann.email}).status_code == 503
    assert all_rows() == before
    assert client.get("/my-data/").status_code == 200


def test_the_deleted_page_is_there_for_everybody(stranger: Client) -> None:
    assert stranger.get("/deleted/").status_code == 200


def test_an_entry_is_unique_whatever_the_export(ann: Person, taken: zipfile.ZipFile) -> None:
    whole = json.loads(taken.read("liftback.json"))
    again = [
        write.NewEntry(
            kind=one["kind"],
            client_id=uuid.UUID(one["client_id"]),
            device=one["device"],
            day=TODAY,
            client_time=NOW,
            payload=one["payload"],
        )
        for one in whole["entries"]
    ]
    outcomes = write.tell(actor=ann, lifter=lifter_of(ann), entries=again, now=NOW)
    assert {one.state for one in outcomes} == {"known"}
