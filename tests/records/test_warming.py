"""Warming up works out every page, so that nothing is left to be loaded."""

from typing import Any

import pytest

from liftback.records import warming
from liftback.records.working_out import pages_from


def test_every_page_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(warming, "pages_from", lambda *given, **more: found.append(pages_from(*given, **more)))
    warming.warm()
    assert {name: value is not None for name, value in found[0].items()} == {
        "answers": True,
        "report": True,
        "plan": True,
        "course": True,
    }
