"""The arrows point down, the engine is pure, and it asks neither the clock nor chance."""

from __future__ import annotations

import ast
import tomllib

import pytest
from importlinter.cli import lint_imports

from liftback import operations
from tests.architecture.source_tree import ENGINE, ROOT, Module, modules, modules_in

CLOCK_AND_CHANCE = {"now", "today", "utcnow", "time", "monotonic", "perf_counter", "urandom", "default_rng"}
MODULES = {"os", "time", "random", "secrets", "uuid", "socket", "subprocess", "django", "click"}


def test_imports_keep_the_contracts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_the_contracts_cover_every_package() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers, pure = contracts["contracts"][0], contracts["contracts"][1]
    assert layers["exhaustive"] is True
    below = [layer for layer in layers["layers"] if layer not in ("cli", "web", "records")]
    assert {f"liftback.{layer}" for layer in below} == set(pure["source_modules"])
    assert {place.removesuffix(".py") for place in ENGINE} == set(below)


# A generator made from a seed that is given is no chance: the same seed gives the same numbers.
SEEDED = ("trajectory/random_numbers.py", "plans/trial/chance.py")


def impurities(module: Module) -> list[str]:
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found += [f"{module.path}:{node.lineno} imports {a.name}" for a in node.names if _impure(a.name)]
        elif isinstance(node, ast.ImportFrom) and _impure(node.module or ""):
            found.append(f"{module.path}:{node.lineno} imports from {node.module}")
        elif isinstance(node, ast.ImportFrom) and node.module == "numpy.random" and module.path not in SEEDED:
            makers = [alias.name for alias in node.names if alias.name != "Generator"]
            found += [f"{module.path}:{node.lineno} makes a generator with {name}" for name in makers]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _asks(node.func):
            found.append(f"{module.path}:{node.lineno} calls {ast.unparse(node.func)}()")
        elif isinstance(node, ast.Attribute) and ast.unparse(node).startswith(("np.random", "numpy.random")):
            found.append(f"{module.path}:{node.lineno} uses {ast.unparse(node)}")
    return found


def _impure(name: str) -> bool:
    return name.split(".", 1)[0] in MODULES


def _asks(function: ast.Attribute) -> bool:
    # `.time()` of a datetime is no clock; `time.time()` is caught by its import.
    return function.attr in CLOCK_AND_CHANCE - {"time"}


def test_imports_by_name_keep_the_layers_too() -> None:
    # import-linter cannot see import_module("..."); the command line uses it to start fast.
    named = [
        ast.unparse(node.args[0])
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("import_module", "__import__"))
        and module.path != "operations/__init__.py"  # names its own modules only, see below
    ]
    assert all(name.startswith("liftback.operations.") for name in operations._LATER)
    assert [name for name in named if not name.startswith(("'liftback.operations'", "'liftback.cli."))] == []


@pytest.mark.parametrize("module", modules_in(*ENGINE), ids=lambda module: str(module.path))
def test_the_engine_asks_no_clock_and_no_chance(module: Module) -> None:
    assert impurities(module) == []


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "from time import monotonic",
        "day = date.today()",
        "x = datetime.now(tz=UTC)",
        "np.random.rand(3)",
        "from numpy.random import default_rng",
    ],
)
def test_the_search_finds_a_clock(text: str) -> None:
    assert impurities(Module(path="planted.py", text=text, tree=ast.parse(text)))
