"""A server killed while it writes leaves no half import, and loses and doubles no check-in: a hundred kills in all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 50


@pytest.mark.parametrize("kind", ["import", "sync"])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no processes of that kind")
def test_nothing_is_half_kept_lost_or_doubled(kind: str, tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LIFTBACK_", "DJANGO_"))},
        "LIFTBACK_DATA": str(tmp_path),
        "LIFTBACK_SECRET_KEY": "a key for tests alone, of some length 0123456789 abcdef",
        "LIFTBACK_HTTPS": "no",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }
    command = [sys.executable, "-m", "tests.records.killing", kind, str(KILLS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["kills"] == KILLS
    assert found["kept"] > KILLS // 4, found
    assert found["open"] > KILLS // 5, found  # many were killed in the middle of a write
    assert {name: found[name] for name in ("half", "lost", "twice", "not once", "unsound")} == dict.fromkeys(
        ("half", "lost", "twice", "not once", "unsound"), 0
    )
