"""Reading a dropped file in a process of its own, with limits on time and memory: no file can hurt the server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from liftback.records.policies import check_file

LONGEST_READ = 30.0
"""Seconds by the clock for one file: `bounded_child.MOST_SECONDS` of work, stretched by a busy machine."""
_CPU_LIMIT = int(getattr(signal, "SIGXCPU", 0))
MOST_EARLIER = 6_000_000
"""Bytes of earlier logs that a new one is compared with."""
_TOO_LONG = (
    "{name} took too long to read, so nothing was kept of it. "
    "Export a shorter span of time from your app, and choose that file."
)
_BROKEN = (
    "{name} could not be read: it is not built like a training log. Nothing was kept of it. "
    "Use the CSV or JSON export of your app."
)


class UnreadableError(Exception):
    """A file that cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A log that was imported before: its content, and the unit it is read with."""

    content: bytes
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a file holds; nothing is kept of it.

    `preview` has the values of `operations.log_preview`, long lists cut, and `unsure`: the unit has to be asked.
    `sets` counts the sets, those imported before included.
    """

    format: str
    sets: int
    preview: Mapping[str, Any] = field(default_factory=dict)


def look_at_log(*, name: str, content: bytes, unit: str, today: date, earlier: Sequence[Earlier] = ()) -> Looked:
    """Read a training log in a process of its own. Raises NotNowError (size) and UnreadableError (the rest)."""
    check_file(size=len(content), name=name)
    known = list(_fitting(earlier))
    head = {
        "unit": unit,
        "today": today.isoformat(),
        "size": len(content),
        "earlier": [{"size": len(one.content), "unit": one.unit} for one in known],
    }
    sent = b"".join([json.dumps(head).encode(), b"\n", content, *(one.content for one in known)])
    answer = _asked(sent, name)
    if "sentence" in answer:
        raise UnreadableError(str(answer["sentence"]))
    return Looked(format=str(answer["format"])[:32], sets=int(answer["sets"]), preview=answer["preview"])


def _fitting(earlier: Sequence[Earlier]) -> Sequence[Earlier]:
    left = MOST_EARLIER
    kept = []
    for one in earlier:
        left -= len(one.content)
        if left < 0:
            break
        kept.append(one)
    return kept


def _asked(sent: bytes, name: str) -> Mapping[str, Any]:
    """The answer of the reading process; it knows no key and no database."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "liftback.records.bounded_child"],
            input=sent,
            capture_output=True,
            timeout=LONGEST_READ,
            check=False,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(_TOO_LONG.format(name=name)) from None
    if done.returncode == -_CPU_LIMIT:
        raise UnreadableError(_TOO_LONG.format(name=name))
    try:
        answer: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:  # it was ended by a limit, or by a fault of the file that nobody thought of
        raise UnreadableError(_BROKEN.format(name=name)) from None
    return answer
