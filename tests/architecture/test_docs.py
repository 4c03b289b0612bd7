"""The docs cannot drift: what can be written from the program is, and every command is in the README."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from docs.generate import PAGES, pages, readme, sample_output, stale
from liftback.cli import main
from liftback.knowledge.loader import load_knowledge
from tests.architecture.source_tree import ROOT, tracked_files

COMMANDS = main.list_commands(click.Context(main))


def test_the_generated_pages_are_up_to_date() -> None:
    assert stale() == [], "run `make docs` and commit docs/generated"


def test_the_generated_pages_are_the_only_ones_there() -> None:
    assert {path.name for path in (ROOT / "docs" / "generated").iterdir()} == set(PAGES)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_docs(command: str) -> None:
    assert f"## liftback {command}" in pages()["cli.md"]
    by_hand = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")]
    assert f"liftback {command}" in "".join(by_hand)


def test_every_question_of_a_gate_is_on_its_rule_card() -> None:
    page = pages()["gates.md"]
    asked = [question for question in load_knowledge().questions.values() if question.gate]
    assert len(asked) > len(load_knowledge().gates), "some gates have more than one question"
    assert [one.id for one in asked if f"`{one.id}`: {one.text}" not in page] == []


def test_the_readme_shows_what_the_sample_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "The seven answers in short" in sample_output()
    changed = tmp_path / "README.md"
    changed.write_text(readme().replace("How long will it take?", "How long?"), encoding="utf-8")
    monkeypatch.setattr("docs.generate.README", changed)
    assert stale() == ["README.md"]


def test_every_target_is_in_the_contributing_guide() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [target for target in targets if f"make {target}" not in guide] == []


def test_every_page_that_a_document_links_to_exists() -> None:
    lost = []
    for name in (name for name in tracked_files() if name.endswith(".md") and "/generated/" not in name):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / name).read_text(encoding="utf-8")):
            if not (ROOT / name).parent.joinpath(link).exists():
                lost.append(f"{name}: {link}")
    assert lost == []


def test_decisions_are_numbered_and_of_one_page() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [path.name for path in decisions if len(path.read_text(encoding="utf-8").splitlines()) > 60] == []


def test_the_changelog_knows_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
