"""What the service worker keeps so that the app opens without a network: files by name, pages by address."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

import liftback
from liftback.web.lifter.offline.sending import FORMS

WORKER = Path(__file__).resolve().parents[1] / "static" / "lifter" / "worker.js"
SCRIPTS = ("liftback/vendor/idb/idb.umd.js", "lifter/store.js", "lifter/sending.js")
FILES = (
    *SCRIPTS,
    "liftback/vendor/pico/pico.layer.css",
    "liftback/liftback.css",
    "liftback/parts.css",
    "liftback/icons.svg",
    "liftback/logo.svg",
    "liftback/liftback.js",
    "liftback/vendor/atkinson/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "django_htmx/htmx-2.min.js",
    "lifter/offline.js",
    "lifter/offline.css",
    "lifter/training.css",
    "lifter/course.css",
    "lifter/front.css",
    "lifter/gates.js",
    "lifter/queue.js",
    "lifter/week.js",
)
PICTURES = "/plan/exercises/"
_ALWAYS = ("queue", "offline", "signs_offline", "emergency", "now")
_OF_LIFTERS = ("today", "plan", "check_in", "flare", "first_hours")
_KEPT = (*_ALWAYS, *_OF_LIFTERS, "plates", "course", "answers", "weekly", "clearance", "more")
_DIGITS = 16


@cache
def worker_script() -> str:
    """The service worker with what it keeps in front of it; a new text, so a new version, when any of it changes."""
    code = WORKER.read_text(encoding="utf-8")
    files = [static(name) for name in FILES]
    wanted: dict[str, Any] = {
        "files": files,
        "scripts": [static(name) for name in SCRIPTS],
        "static": settings.STATIC_URL,
        "pages": addresses(*_ALWAYS),
        "keep": addresses(*_KEPT),
        "plain": addresses("emergency"),
        "queue": reverse("lifter:queue"),
        "offline": reverse("lifter:offline"),
        "pictures": PICTURES,
        "forms": sorted({reverse(name) for name in FORMS.values()}),
        "logout": [reverse("account_logout")],
        "forgets": [reverse("language"), *addresses("units", "settings", "delete")],
    }
    told = json.dumps(wanted, sort_keys=True)
    version = hashlib.sha256(f"{liftback.__version__}\n{told}\n{code}".encode()).hexdigest()[:_DIGITS]
    return f"const SHELL = {json.dumps({**wanted, 'version': version})};\n{code}"


@cache
def addresses(*names: str) -> Sequence[str]:
    """The addresses of pages of the lifter's side."""
    return tuple(reverse(f"lifter:{name}") for name in names)


def to_fill(*, lifter: bool) -> Sequence[str]:
    """The pages that a browser keeps beforehand; more of them for somebody who is signed in."""
    return addresses(*_ALWAYS, *(_OF_LIFTERS if lifter else ()))


def manifest(words: dict[str, str]) -> dict[str, Any]:
    """The values of the web app manifest. `words` are the translated names of its parts."""
    sizes = {"192x192": "lifter/icon-192.png", "512x512": "lifter/icon-512.png"}
    icons = [{"src": static(name), "sizes": size, "type": "image/png"} for size, name in sizes.items()]
    masked = static("lifter/icon-maskable-512.png")
    mask = {"src": masked, "sizes": "512x512", "type": "image/png", "purpose": "maskable"}
    drawn = {"src": static("liftback/logo.svg"), "sizes": "any", "type": "image/svg+xml"}
    shortcuts = [
        {"name": words[name], "url": reverse(f"lifter:{name}")} for name in ("today", "check_in", "signs_offline")
    ]
    return {
        "id": "/",
        "name": "Liftback",
        "short_name": "Liftback",
        "description": words["description"],
        "lang": words["language"],
        "start_url": reverse("lifter:today"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f3ec",
        "theme_color": "#f6f3ec",
        "icons": [*icons, mask, drawn],
        "shortcuts": shortcuts,
    }
