"""The repository as the architecture tests read it: source files, their syntax trees, the raw knowledge files."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "liftback"
KNOWLEDGE = SOURCE / "knowledge"
TESTS = ROOT / "tests"
ENGINE = ("knowledge", "facts", "training", "trajectory", "reasoning", "plans", "exchange", "operations")
_YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A Python file: its path below its root (with slashes), its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How many lines the file has."""
        return self.text.count("\n")


@cache
def modules(root: Path = SOURCE) -> tuple[Module, ...]:
    """Every Python file below a folder, in order of path."""
    found = []
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(path=path.relative_to(root).as_posix(), text=text, tree=ast.parse(text)))
    return tuple(found)


def modules_in(*places: str) -> tuple[Module, ...]:
    """The source modules in the named packages or files."""
    return tuple(module for module in modules() if module.path.split("/", 1)[0] in places)


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@cache
def knowledge_files() -> tuple[tuple[str, Any], ...]:
    """Every knowledge file by its path below knowledge/, with dates as ISO text, as a JSON schema wants them."""
    found = []
    for path in sorted(KNOWLEDGE.rglob("*.yaml")):
        raw = yaml.load(path.read_bytes(), Loader=_YAML_LOADER)  # noqa: S506 - both loaders are the safe ones
        found.append((path.relative_to(KNOWLEDGE).as_posix(), with_iso_dates(raw)))
    return tuple(found)


def with_iso_dates(raw: Any) -> Any:
    """The same data with every date written as text."""
    if isinstance(raw, dict):
        return {with_iso_dates(key): with_iso_dates(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [with_iso_dates(value) for value in raw]
    return raw.isoformat() if isinstance(raw, date) else raw


@cache
def topics() -> tuple[str, ...]:
    """The topics: the folders below knowledge/ that hold YAML."""
    return tuple(sorted({name.split("/", 1)[0] for name, _ in knowledge_files() if "/" in name}))


@cache
def tracked_files() -> tuple[str, ...]:
    """What git tracks, or every file outside hidden and built folders where there is no git."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return tuple(name for name in listed.stdout.splitlines() if (ROOT / name).exists())
    return tuple(
        path.relative_to(ROOT).as_posix()
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    )
