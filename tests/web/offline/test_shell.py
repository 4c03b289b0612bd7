"""What the app needs without a network is complete, and whose a page is stands on it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve

from liftback.records.models import Person
from liftback.web.lifter.offline import shell
from liftback.web.lifter.offline.whose import person_key
from tests.web.offline.conftest import Device

PAGES = ("/queue/", "/offline/", "/signs-offline/")


def told(client: Client) -> dict[str, Any]:
    script = client.get("/sw.js").content.decode()
    first = script.splitlines()[0]
    found: dict[str, Any] = json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))
    return found


def config(client: Client, path: str) -> dict[str, Any]:
    page = client.get(path).content.decode()
    found = re.search(r'<script id="offline-config" type="application/json">(.*?)</script>', page)
    assert found, path
    values: dict[str, Any] = json.loads(found.group(1))
    return values


@pytest.mark.parametrize(
    "name", [*shell.FILES, "lifter/icon-192.png", "lifter/icon-512.png", "lifter/icon-maskable-512.png"]
)
def test_every_file_is_there(name: str) -> None:
    assert finders.find(name), name


def test_the_worker_is_for_the_whole_site_and_never_old(client: Client, db: None) -> None:
    response = client.get("/sw.js")
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Type"].startswith("text/javascript")
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_the_worker_keeps_every_file_that_its_pages_show(device: Device) -> None:
    values = told(device.client)
    for path in {*values["pages"], *config(device.client, "/queue/")["fill"]}:
        page = device.client.get(path).content.decode()
        shown = set(re.findall(r'(?:src|href)="(/static/[^"#]+\.(?:js|css|svg))', page))
        assert shown - {"/static/lifter/course.js"} <= set(values["files"]), path  # it only adds to a chart


def test_the_worker_knows_pages_that_there_are(client: Client, db: None) -> None:
    values = told(client)
    for path in (*values["pages"], *values["keep"], *values["forms"], *values["logout"], values["queue"]):
        assert resolve(path), path
    assert not [path for path in values["keep"] if path.startswith(("/account/", "/my-data/", "/sync/", "/log/"))]
    assert set(values["pages"]) <= set(values["keep"])


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("hx", [{}, {"HX-Request": "true"}])
def test_pages_open_for_anybody(client: Client, db: None, path: str, hx: dict[str, str]) -> None:
    response = client.get(path, headers=hx)
    assert response.status_code == 200
    assert "HX-Request" in response["Vary"]
    assert response.content.count(b"<h1") == 1


def test_a_page_says_whose_it_is(device: Device, other_device: Device, client: Client) -> None:
    own, other = person_key(device.owner), person_key(other_device.owner)
    assert own != other
    assert device.client.get("/queue/")["Liftback-Person"] == own
    assert other_device.client.get("/queue/")["Liftback-Person"] == other
    assert client.get("/queue/")["Liftback-Person"] == "nobody"
    assert "Liftback-Person" not in client.get("/healthz")
    assert config(device.client, "/queue/")["person"] == own


def test_nothing_of_a_person_is_in_their_key(db: None) -> None:
    assert re.fullmatch("[0-9a-f]{24}", person_key(Person(pk=1)))
    assert person_key(Person(pk=1)) != person_key(Person(pk=2))


def test_a_strangers_browser_gets_the_app_only_where_it_may_need_it(client: Client, device: Device) -> None:
    assert not config(client, "/about/")["install"]
    assert config(client, "/now/")["install"]
    assert config(device.client, "/about/")["install"]


def test_the_manifest_can_be_installed(client: Client, db: None) -> None:
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    values = response.json()
    assert {"192x192", "512x512"} <= {one["sizes"] for one in values["icons"]}
    assert any(one.get("purpose") == "maskable" for one in values["icons"])
    assert values["display"] == "standalone"
    assert resolve(values["start_url"])


def test_the_warning_signs_come_with_what_the_story_says(device: Device, client: Client) -> None:
    def rules(who: Client) -> dict[str, Any]:
        page = who.get("/signs-offline/").content.decode()
        found = re.search(r'<script id="signs-rules" type="application/json">(.*?)</script>', page)
        assert found
        values: dict[str, Any] = json.loads(found.group(1))
        return values

    assert rules(device.client)["known"]["age"] == 34
    assert rules(client)["known"] == {}
    assert rules(client)["numbers"]


def test_a_language_changes_words_and_no_rule(client: Client, db: None) -> None:
    pages = {}
    for language in ("en", "es"):
        page = client.get("/signs-offline/", headers={"Accept-Language": language}).content.decode()
        found = re.search(r'<script id="signs-rules" type="application/json">(.*?)</script>', page)
        assert found
        pages[language] = json.loads(found.group(1))
    assert [one["when"] for one in pages["en"]["rules"]] == [one["when"] for one in pages["es"]["rules"]]
    for english, spanish in zip(pages["en"]["questions"], pages["es"]["questions"], strict=True):
        assert [(c["id"], c["level"]) for c in english["choices"]] == [
            (c["id"], c["level"]) for c in spanish["choices"]
        ]
