"""What keeps the web side thin: tables are touched in records only, views are short, no signals."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source_tree import ROOT, SOURCE, Module, functions, modules, modules_in
from tests.architecture.test_sizes import length

VIEW_MAX = 25
TEMPLATE_MAX = 200
WEB = modules_in("web")
KEEPS = {"objects", "save", "create", "bulk_create", "update_or_create", "get_or_create"}
# Commands and the middleware of accounts are no views.
TEMPLATES = sorted((SOURCE / "web").rglob("*.html"))


def touches_tables(module: Module) -> list[str]:
    return [
        f"{module.path}:{node.lineno} .{node.attr}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in KEEPS
    ]


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg == "request" and not node.name.startswith("_")


@pytest.mark.parametrize("module", WEB, ids=lambda module: str(module.path))
def test_pages_touch_no_table(module: Module) -> None:
    assert touches_tables(module) == []


def test_the_search_finds_a_touched_table() -> None:
    text = "Lifter.objects.get(pk=1).save()"
    assert len(touches_tables(Module(path="planted.py", text=text, tree=ast.parse(text)))) == 2


def test_views_are_short() -> None:
    long = [
        f"{module.path}: {node.name} {length(node)}"
        for module in WEB
        for node in functions(module)
        if is_view(node) and length(node) > VIEW_MAX
    ]
    assert long == []


def test_nothing_happens_behind_ones_back() -> None:
    kept = [*WEB, *modules_in("records")]
    assert [m.path for m in kept if "django.db.models.signals" in m.text or "django.dispatch" in m.text] == []
    saves = [
        m.path for m in kept for node in ast.walk(m.tree) if isinstance(node, ast.FunctionDef) and node.name == "save"
    ]
    assert saves == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(SOURCE / "web").as_posix())
def test_templates_hold_nothing_inline(template: object) -> None:
    text = (ROOT / str(template)).read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text), "an inline script"
    assert not re.search(r"\sstyle=", text), "an inline style"
    assert not re.search(r"<style\b", text), "an inline style sheet"
    assert not re.search(r"\son[a-z]+=\"", text), "an inline handler"
    assert "|safe" not in text, "unescaped values"
    assert not re.search(r'\s:[a-z-]+="[^"{]*\|', text), "a filter behind a colon gives nothing: write braces, no colon"
    assert text.count("\n") <= TEMPLATE_MAX


def test_the_engine_is_not_marked_safe_by_hand() -> None:
    marked = [m.path for m in WEB if "mark_safe" in m.text and "noqa: S308" not in m.text]
    assert marked == []


def test_every_module_is_looked_at() -> None:
    assert len(WEB) == sum(1 for m in modules() if m.path.startswith("web/"))
