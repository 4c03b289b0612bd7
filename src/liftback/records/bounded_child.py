"""The process that reads one file: limits on itself first, then the file from its input, then the answer as JSON.

It imports no Django and no settings. See `records.bounded`, which starts it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO

MOST_MEMORY = 1_000_000_000
"""Bytes of address space; the largest log that is taken needs 400 million."""
MOST_SECONDS = 10
"""Of work; the largest log that is taken needs a quarter of it."""
MOST_LISTED = 60
"""Errors, other rows and unknown names that are passed on; the counts are always whole."""
LONGEST_TEXT = 300
_COMMAND = re.compile(r"(If that is wrong, say|Say which with) --unit [^.]*\.")
"""What the command line adds to the reason of a unit; the page asks in its own way."""


def limit() -> None:
    """Let the system end this process where it takes too much memory or time, and let it write no file."""
    if sys.platform == "win32":  # no such limits there; the clock of the starting process stays
        return
    import resource  # noqa: PLC0415 - the module is missing on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(given: BinaryIO) -> Mapping[str, Any]:
    """What the file holds, or the sentence that says why it cannot be used."""
    from liftback import operations  # noqa: PLC0415 - after the limits

    head = json.loads(given.readline())
    today = date.fromisoformat(head["today"])
    content = given.read(head["size"])
    try:
        earlier = _earlier(head["earlier"], given, today)
        log = operations.import_log(content=content, today=today, unit=head["unit"] or None, earlier=earlier)
    except operations.FileError as error:
        return {"sentence": str(error)}
    except (MemoryError, RecursionError):
        return {"sentence": "The file is built too deep or too wide for a training log. Use the export of your app."}
    return {"format": log.format, "sets": len(log.sets) + log.duplicates, "preview": _preview(log)}


def _earlier(heads: list[dict[str, Any]], given: BinaryIO, today: date) -> Any:
    """All earlier logs as one, each set once."""
    from liftback import operations  # noqa: PLC0415 - after the limits

    whole = None
    for one in heads:
        content = given.read(one["size"])
        try:
            log = operations.import_log(content=content, today=today, unit=one["unit"] or None, earlier=whole)
        except operations.FileError:
            continue  # read at an earlier version; it says nothing about this file
        whole = log if whole is None else replace(whole, sets=(*whole.sets, *log.sets))
    return whole


def _preview(log: Any) -> Any:
    """The values for the page; the reason of the unit without what the command line says to do about it."""
    from liftback import operations  # noqa: PLC0415 - after the limits

    told = operations.log_preview(log=log)
    unit = {**told["unit"], "reason": _COMMAND.sub("", told["unit"]["reason"]).strip()}
    unsure = bool(told["ask_unit"]) and unit["unit"] not in ("kg", "lb")
    names = [one for one in told["unknown"] if len(one["name"]) <= LONGEST_TEXT]
    asked = unit["basis"] != "stated"  # an answer given just now can still be changed
    return _cut({**told, "unit": unit, "ask_unit": asked, "unsure": unsure, "unknown": names})


def _cut(values: Any) -> Any:
    """Values with long lists and long texts cut, so that the answer stays small."""
    if isinstance(values, Mapping):
        return {str(key)[:LONGEST_TEXT]: _cut(value) for key, value in values.items()}
    if isinstance(values, list | tuple):
        return [_cut(one) for one in values[:MOST_LISTED]]
    return values[:LONGEST_TEXT] if isinstance(values, str) else values


def main() -> None:
    """Answer on the output, once."""
    limit()
    json.dump(answer(sys.stdin.buffer), sys.stdout)


if __name__ == "__main__":
    main()
