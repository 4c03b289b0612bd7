"""Every value type is frozen, has slots, and is built by keyword."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source_tree import Module, modules

WANTED = ("frozen", "slots", "kw_only")
# Type -> what it may leave out, and why.
EXCEPTIONS = {
    "Trace": ({"kw_only"}, "made for every part of every condition; its two fields have their own types"),
    "Plate": ({"kw_only"}, "a table of plates, read line by line"),
    "Sign": ({"kw_only"}, "a table of signs, read line by line"),
    "Region": ({"kw_only"}, "a table of places, read line by line"),
    "Figure": ({"kw_only"}, "a table of two"),
    "Shown": ({"frozen"}, "put together while a dropped file is looked at"),
    "Facts": ({"kw_only"}, "holds one thing, the facts"),
}


def dataclasses_in(module: Module) -> Iterator[tuple[str, set[str]]]:
    """Each dataclass of a module with what it leaves out."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            if ast.unparse(call.func if call else decorator) not in ("dataclass", "dataclasses.dataclass"):
                continue
            given = {k.arg for k in call.keywords if ast.unparse(k.value) == "True"} if call else set()
            yield node.name, set(WANTED) - {name for name in given if name}


def test_every_dataclass_is_frozen_slotted_and_keyword_only() -> None:
    loose = [
        f"{module.path}: {name} lacks {sorted(lacking)}"
        for module in modules()
        for name, lacking in dataclasses_in(module)
        if lacking - EXCEPTIONS.get(name, (set(), ""))[0]
    ]
    assert loose == []


def test_every_exception_is_still_one() -> None:
    lacking = {name: missing for module in modules() for name, missing in dataclasses_in(module) if missing}
    assert {name: missing for name, (missing, _) in EXCEPTIONS.items()} == lacking


def test_the_search_finds_a_loose_type() -> None:
    text = "@dataclass\nclass Loose:\n    pain: int\n"
    assert list(dataclasses_in(Module(path="planted.py", text=text, tree=ast.parse(text)))) == [("Loose", set(WANTED))]
