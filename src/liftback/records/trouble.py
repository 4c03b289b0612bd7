"""What a log may say of an exception: its type and its place. Its message may quote what people told."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType

DEEPEST = 4
OURS = str(Path(__file__).resolve().parents[1])


def kind_of(error: BaseException) -> str:
    """The type, with those of what caused it: "OperationalError < OperationalError"."""
    names: list[str] = []
    one = error
    while len(names) < DEEPEST:
        names.append(type(one).__name__)
        following = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        if following is None:
            break
        one = following
    return " < ".join(names)


def place_of(trace: TracebackType | None) -> str:
    """The last line of ours that it passed, and where it came up, as "file:line", without folders of the machine."""
    frames = traceback.extract_tb(trace)
    if not frames:
        return ""
    ours = [one for one in frames if one.filename.startswith(OURS)]
    chosen = ([ours[-1]] if ours else []) + ([frames[-1]] if not ours or frames[-1] is not ours[-1] else [])
    return " > ".join(f"{_short(one.filename)}:{one.lineno}" for one in chosen)


def told(error: BaseException) -> dict[str, str]:
    """Both, as the extra values of a line in the log."""
    return {"error": kind_of(error), "place": place_of(error.__traceback__)}


def _short(filename: str) -> str:
    parts = Path(filename).parts
    for start in ("liftback", "site-packages"):
        if start in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(start) - (start == "liftback") :])
    return parts[-1] if parts else ""
