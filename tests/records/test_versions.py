"""Pages of older code or knowledge are never shown."""

from pathlib import Path

import pytest

import liftback
from liftback.knowledge.loader import load_knowledge
from liftback.records import versions


def test_it_names_code_and_knowledge() -> None:
    assert load_knowledge().version in versions.made_with()
    assert len(versions.made_with()) <= 64


def test_any_change_of_our_code_makes_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "__init__.py").write_text("")
    monkeypatch.setattr(liftback, "__file__", str(tmp_path / "__init__.py"))
    before = versions._code()
    (tmp_path / "page.py").write_text("shown = 1\n")
    assert versions._code() != before
