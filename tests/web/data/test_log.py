"""The training log: looked at first, imported once, taken home byte for byte, removed."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from liftback.records import strangers
from liftback.records.models import Held, Lifter, LogFile
from liftback.web.shared.visiting import HELD
from tests.people import NOW, lifter_of, person
from tests.web.data.conftest import BACKEND, SAMPLES

LOG = "/log/"
STRONG, HEVY = "strong_comma.csv", "hevy_lb_km.csv"
Drop = Callable[..., dict[str, Any]]


def seen(name: str = STRONG) -> str:
    return hashlib.sha256((SAMPLES / name).read_bytes()).hexdigest()


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("htmx", [False, True], ids=["without htmx", "with htmx"])
@pytest.mark.parametrize("who", ["at_home", "stranger"])
def test_looking_at_a_file_says_what_was_read_and_keeps_nothing(
    request: pytest.FixtureRequest, dropped: Drop, who: str, htmx: bool
) -> None:
    client: Client = request.getfixturevalue(who)
    headers = {"HX-Request": "true"} if htmx else {}
    page = text(client.post(LOG, dropped(STRONG, look="1"), headers=headers))
    assert ("<html" in page) is not htmx
    assert "What was read from strong_comma.csv" in page
    assert "Nothing of it is kept yet." in page
    assert ("choose it once more" in page) is not htmx
    assert not Held.objects.exists()
    assert not LogFile.objects.exists()


def test_an_import_needs_the_file_to_have_been_looked_at(at_home: Client, dropped: Drop) -> None:
    page = text(at_home.post(LOG, dropped(STRONG, **{"import": "1", "seen": seen(HEVY)})))
    assert "another file than the one you looked at" in page
    assert not LogFile.objects.exists()


def test_a_lifter_imports_once_however_often_it_is_sent(at_home: Client, dropped: Drop) -> None:
    for _time in range(3):
        answer = at_home.post(LOG, dropped(STRONG, **{"import": "1", "seen": seen(), "unit": "kg"}))
        assert answer.status_code == 302
    (row,) = LogFile.objects.all()
    assert (row.unit, row.sets, row.format) == ("kg", 9, "strong")
    assert gzip.decompress(bytes(row.content)) == (SAMPLES / STRONG).read_bytes()
    assert "strong_comma.csv is in: 9 sets." in text(at_home.get(LOG))
    assert "This very file was imported on" in text(at_home.post(LOG, dropped(STRONG, look="1")))


def test_an_import_with_htmx_sends_the_browser_on(at_home: Client, dropped: Drop) -> None:
    values = dropped(STRONG, **{"import": "1", "seen": seen(), "unit": "kg"})
    answer = at_home.post(LOG, values, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == LOG


def test_a_file_whose_unit_is_not_known_is_not_imported_before_it_was_asked(at_home: Client, dropped: Drop) -> None:
    few = b"\n".join((SAMPLES / STRONG).read_bytes().splitlines()[:2]).replace(b",100.0,", b",10.0,")
    few = re.sub(rb",1\d\d\.\d,", b",10.0,", few) + b"\n"
    digest = hashlib.sha256(few).hexdigest()
    values = {"import": "1", "seen": digest}
    page = text(at_home.post(LOG, dropped("few.csv", few, **values)))
    assert "Say first whether the weights are in kg or in lb" in page
    assert not LogFile.objects.exists()
    assert at_home.post(LOG, dropped("few.csv", few, **values, unit="unsure")).status_code == 302
    assert LogFile.objects.get().unit == ""


def test_a_unit_that_was_chosen_stays_chosen_when_one_looks_again(at_home: Client, dropped: Drop) -> None:
    page = text(at_home.post(LOG, dropped(STRONG, look="1", unit="lb")))
    assert re.search(r'value="lb" id="unit-lb" checked', page)
    assert "You said that the weights are in lb." in page


def test_unknown_lifts_are_mapped_and_kept_with_the_file(at_home: Client, dropped: Drop) -> None:
    odd = (SAMPLES / STRONG).read_bytes().replace(b"Squat (Barbell)", b"Basement wobble")
    page = text(at_home.post(LOG, dropped("odd.csv", odd, look="1")))
    assert "Basement wobble" in page
    assert "1 lift is not known here" in page
    known = re.search(r'<option value="([^"]+)">', page.split("Not sure</option>")[1])
    assert known is not None
    choices = {"exercise": ["Basement wobble", "<script>"], "known": [known[1], "no such lift"]}
    again = text(at_home.post(LOG, dropped("odd.csv", odd, look="1", **choices)))
    assert f'<option value="{known[1]}" selected>' in again
    values = {"import": "1", "seen": hashlib.sha256(odd).hexdigest(), "unit": "kg", **choices}
    assert at_home.post(LOG, dropped("odd.csv", odd, **values)).status_code == 302
    assert LogFile.objects.get().names == {"Basement wobble": known[1]}


def test_what_was_imported_before_is_counted(at_home: Client, dropped: Drop) -> None:
    lines = (SAMPLES / STRONG).read_bytes().splitlines(keepends=True)
    first = b"".join(lines[:4])
    values = {"import": "1", "seen": hashlib.sha256(first).hexdigest(), "unit": "kg"}
    assert at_home.post(LOG, dropped("first.csv", first, **values)).status_code == 302
    page = text(at_home.post(LOG, dropped(STRONG, look="1")))
    assert re.search(r"\+ [1-9]\d* imported before", page)


def test_a_stranger_has_it_held_for_a_day_and_can_forget_it(stranger: Client, dropped: Drop) -> None:
    answer = stranger.post(LOG, dropped(STRONG, **{"import": "1", "seen": seen(), "unit": "kg"}))
    assert answer.status_code == 302
    token = stranger.session[HELD]
    assert strangers.held_name(token, NOW) == STRONG
    assert "is held for this visit" in text(stranger.get(LOG))
    stranger.post(reverse("lifter:log_forget"))
    assert not Held.objects.exists()
    assert HELD not in stranger.session


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("log.zip", b"PK\x03\x04" + b"\x00" * 100, "unzip it"),
        ("log.csv", b"", "is empty"),
        ("log.csv", b"x" * 10_000_001, "larger than 10 MB"),
        ("log.csv", b"\x00\x01\x02\xff\xfe" * 5_000, "binary"),
        ("<b>log</b>.csv", b"<html></html>", "web page"),
    ],
    ids=["zip", "empty", "too large", "binary", "html"],
)
def test_what_cannot_be_used_gets_a_sentence_and_is_not_kept(
    at_home: Client, dropped: Drop, name: str, content: bytes, words: str
) -> None:
    answer = at_home.post(LOG, dropped(name, content, **{"import": "1"}))
    assert answer.status_code == 200
    assert words in text(answer)
    assert "<b>log" not in text(answer)
    assert not LogFile.objects.exists()


def test_no_file_at_all_gets_a_sentence(at_home: Client) -> None:
    assert "Choose the file first" in text(at_home.post(LOG, {"import": "1"}))


def test_a_file_comes_home_byte_for_byte_and_is_removed_after_a_question(at_home: Client, dropped: Drop) -> None:
    at_home.post(LOG, dropped(STRONG, **{"import": "1", "seen": seen(), "unit": "kg"}))
    row = LogFile.objects.get()
    answer = at_home.get(reverse("lifter:log_file", args=[row.pk]))
    assert answer.content == (SAMPLES / STRONG).read_bytes()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{STRONG}"'
    remove = reverse("lifter:log_remove", args=[row.pk])
    assert "Remove this log?" in text(at_home.get(remove))
    assert LogFile.objects.exists()
    revision = Lifter.objects.get().revision
    assert at_home.post(remove).status_code == 302
    assert not LogFile.objects.exists()
    assert Lifter.objects.get().revision > revision
    assert at_home.post(remove).status_code == 404


def test_another_lifters_file_is_not_there(at_home: Client, dropped: Drop) -> None:
    at_home.post(LOG, dropped(STRONG, **{"import": "1", "seen": seen(), "unit": "kg"}))
    row = LogFile.objects.get()
    bob, client = person("bob"), Client()
    lifter_of(bob)
    client.force_login(bob, backend=BACKEND)
    for name in ("lifter:log_file", "lifter:log_remove"):
        assert client.get(reverse(name, args=[row.pk])).status_code == 404
    assert client.post(reverse("lifter:log_remove", args=[row.pk])).status_code == 404
    assert LogFile.objects.exists()
    assert STRONG not in text(client.get(LOG))


def test_too_many_files_in_a_short_time_are_told_to_wait(at_home: Client) -> None:
    codes = [at_home.post(LOG).status_code for _time in range(31)]
    assert codes == [200] * 30 + [429]
