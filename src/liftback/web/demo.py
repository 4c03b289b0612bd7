"""The trial: a demo lifter to look at, an empty account to try, a clinic at work, and how to sign in to them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from liftback.records.demo import make_demo as make
from liftback.records.demo import person_of
from liftback.records.demo.clinic import make_clinic


def make_demo() -> list[str]:
    """Make the accounts and the clinic; the lines that tell how to sign in.

    Each data folder has a password of its own, kept beside the database, so that a trial that others can reach is no
    open door.
    """
    now, word = timezone.now(), _password(Path(settings.DATA))
    demo, empty = make(today=now.date(), password=word)
    owner, therapist, desk = make_clinic(now=now, patient=person_of(demo))
    return [
        f"demo lifter, twelve weeks to look at:  {demo}   password: {word}",
        f"empty account, to try it yourself:     {empty}    password: {word}",
        f"a clinic's day, at /desk/: therapist    {therapist}",
        f"                           front desk   {desk}",
        f"                           owner        {owner}   password of all three: {word}",
    ]


def _password(folder: Path) -> str:
    file = folder / "demo.password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(os.environ.get("LIFTBACK_DEMO_PASSWORD") or f"chalk-{secrets.token_hex(4)}", encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()
