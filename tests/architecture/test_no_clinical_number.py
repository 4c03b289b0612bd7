"""No clinical number in code: thresholds, weights and ranges live in knowledge, where each has its source.

Numbers that only build things (an index, a half, a percentage, decimal places) may stand where they are used.
Any other number needs a name at the top of its module and a line in NAMED that says why it is no clinical one.
"""

from __future__ import annotations

import ast

import pytest
from tests.architecture.source_tree import Module, modules_in

STRUCTURAL = {0, 1, 2, 0.5, 100}
PLACES = ("facts", "training", "reasoning", "exchange", "operations.py")
# Constant -> why its number is a fact of arithmetic or of a file, not of backs.
NAMED = {
    "CHUNK": "rows worked on at once; changes speed only",
}


def stray_numbers(module: Module) -> list[str]:
    """Every number of a module that is neither structural nor part of a named constant."""
    allowed = {id(node) for top in module.tree.body if _is_named(top) for node in ast.walk(top)}
    for node in ast.walk(module.tree):
        allowed |= {id(part) for part in _places_only(node)}
    return [
        f"{module.path}:{node.lineno} {node.value!r}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in STRUCTURAL
        and id(node) not in allowed
    ]


def constant_names(module: Module) -> set[str]:
    """The names of all constants at the top of a module."""
    return {name for top in module.tree.body for name in _targets(top)}


def _targets(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _is_named(node: ast.stmt) -> bool:
    return bool(_targets(node) & set(NAMED))


def _places_only(node: ast.AST) -> list[ast.AST]:
    """Numbers that say where, not how much: places in a row, decimal places, bits."""
    if isinstance(node, ast.Subscript):
        return list(ast.walk(node.slice))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round":
        return [part for argument in node.args[1:] for part in ast.walk(argument)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.LShift):
        return [node.right]
    return []


@pytest.mark.parametrize("module", modules_in(*PLACES), ids=lambda module: str(module.path))
def test_no_number_of_its_own(module: Module) -> None:
    assert stray_numbers(module) == [], "name it in knowledge/<topic>/parameters.yaml, or in NAMED with its reason"


def test_every_named_constant_exists() -> None:
    assert set(NAMED) - {name for module in modules_in(*PLACES) for name in constant_names(module)} == set()


@pytest.mark.parametrize("text", ["if pain >= 7:\n    pass\n", "HIGH = 7\n", "def f(days=14): ...\n", "half = 0.51\n"])
def test_the_search_finds_a_planted_number(text: str) -> None:
    assert stray_numbers(Module(path="planted.py", text=text, tree=ast.parse(text)))


@pytest.mark.parametrize("text", ["first = row[3]\n", "share = 100 * part / whole\n", "shown = round(x, 3)\n"])
def test_the_search_leaves_building_numbers(text: str) -> None:
    assert stray_numbers(Module(path="planted.py", text=text, tree=ast.parse(text))) == []
