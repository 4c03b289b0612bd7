"""What the wire carries: the headers of every page, the flags of cookies, and Django's own check of a deployment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

ROOT = Path(__file__).parents[2]
LOOK = """
import django, json
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client(secure=True, raise_request_exception=False)
pages = ["/", "/account/login/", "/account/signup/", "/log/", "/nowhere/", "/today/", "/deleted/", "/healthz"]
answers = [client.get(path, secure=True) for path in pages]
language = client.post("/language/", {"language": "es"}, secure=True)
unit = client.post("/units/", {"unit": "kg"}, secure=True)
theme = client.post("/theme/", {"theme": "dark"}, secure=True)
held = client.post("/account/signup/", {"email": "a@people.example", "password1": "seven quiet barbells"}, secure=True)
print(json.dumps({
    "pages": {path: [one.status_code, dict(one.headers)] for path, one in zip(pages, answers, strict=True)},
    "plain": client.get("/", secure=False).status_code,
    "cookies": {
        name: {flag: one[flag] for flag in ("secure", "httponly", "samesite")} for name, one in client.cookies.items()
    },
}))
"""


def environment(folder: Path) -> dict[str, str]:
    """As on a real machine: HTTPS, hashed static files, and a key of its own."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LIFTBACK_", "DJANGO_"))},
        "DJANGO_SETTINGS_MODULE": "liftback.web.settings",
        "LIFTBACK_DATA": str(folder),
        "LIFTBACK_SECRET_KEY": "k3y" * 25 + "!x9",
        "LIFTBACK_HOSTS": "testserver",
        "LIFTBACK_EMAIL": "locmem",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
    }


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "liftback.web.manage", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment(folder))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("deployed")
    collected = manage(made, "collectstatic", "--noinput", "-v0")
    assert collected.returncode == 0, collected.stderr
    return made


def test_a_deployment_is_clean(folder: Path) -> None:
    checked = manage(folder, "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr + checked.stdout
    assert "no issues (0 silenced)" in checked.stdout or "no issues" in checked.stdout


def test_the_tables_need_no_new_migration(folder: Path) -> None:
    assert manage(folder, "makemigrations", "--check", "--dry-run").returncode == 0


@cache
def seen(folder: Path) -> Any:
    looked = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=False, env=environment(folder)
    )
    assert looked.returncode == 0, looked.stderr
    return json.loads(looked.stdout.splitlines()[-1])


def test_every_page_has_its_policy_and_its_headers(folder: Path) -> None:
    pages = seen(folder)["pages"]
    assert {path: status for path, (status, _) in pages.items()}["/nowhere/"] == 404
    for path, (_status, headers) in pages.items():
        policy = dict(
            part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";") if " " in part
        )
        assert policy["default-src"] == "'none'", path
        assert policy["script-src"] == policy["style-src"] == "'self'", path
        assert policy["img-src"] == "'self' data:", path
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'", path
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["X-Frame-Options"] == "DENY", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert "camera=()" in headers["Permissions-Policy"], path


def test_without_https_one_is_sent_on(folder: Path) -> None:
    assert seen(folder)["plain"] == 301


def test_cookies_are_for_us_alone(folder: Path) -> None:
    cookies = seen(folder)["cookies"]
    assert {"csrftoken", "sessionid", "theme", "unit", "django_language"} <= set(cookies)
    for name, flags in cookies.items():
        assert flags == {"secure": True, "httponly": True, "samesite": "Lax"}, name


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/log/", "/units/", "/language/", "/theme/", "/account/login/", "/account/logout/"])
def test_a_form_from_elsewhere_is_refused_with_a_page(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path, {"unit": "kg"})
    assert answer.status_code == 403
    assert "<h1" in answer.content.decode()


@pytest.mark.django_db
def test_a_stranger_gets_no_cookie_that_names_them_just_for_looking() -> None:
    answer = Client().get("/")
    assert "sessionid" not in answer.cookies
