"""Files and functions stay of a size that can be read in one sitting."""

from __future__ import annotations

import ast

from tests.architecture.source_tree import ROOT, SOURCE, TESTS, functions, modules, tracked_files

FILE_MAX = 500
TEST_FILE_MAX = 400
FUNCTION_P95 = 35
FUNCTION_MAX = 60
ROOT_ENTRIES = 20
# A name that says nothing about what is inside.
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    first = node.body[0]
    has_doc = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    doc = (first.end_lineno or first.lineno) - first.lineno + 1 if has_doc else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - doc


def test_source_files_are_short() -> None:
    # Migrations are written by Django.
    ours = [m for m in modules(SOURCE) if "/migrations/" not in m.path]
    assert [f"{m.path}: {m.lines}" for m in ours if m.lines > FILE_MAX] == []


def test_test_files_are_short() -> None:
    assert [f"{m.path}: {m.lines}" for m in modules(TESTS) if m.lines > TEST_FILE_MAX] == []


def test_functions_are_short() -> None:
    lengths = sorted((length(f), f"{m.path}: {f.name}") for m in modules(SOURCE) for f in functions(m))
    assert [f"{name} has {lines} lines" for lines, name in lengths if lines > FUNCTION_MAX] == []
    assert lengths[int(len(lengths) * 0.95)][0] <= FUNCTION_P95, lengths[int(len(lengths) * 0.95) :]


def test_every_module_says_what_it_holds() -> None:
    assert [m.path for m in modules(SOURCE) if NAMELESS & set(m.path.removesuffix(".py").split("/"))] == []
    assert [m.path for m in modules(SOURCE) if m.text and not ast.get_docstring(m.tree)] == []


def test_the_root_has_few_entries() -> None:
    entries = {name.split("/", 1)[0] for name in tracked_files()}
    assert len(entries) <= ROOT_ENTRIES, sorted(entries)


def test_no_file_names_a_package_index() -> None:
    # Put together here, so that this file does not name one either.
    hosts = [
        "py" + "pi.org",
        "files.python" + "hosted",
        "registry.npm" + "js",
        "conda.ana" + "conda",
        "extra-index" + "-url",
    ]
    named = [
        f"{name}: {host}"
        for name in tracked_files()
        if (ROOT / name).stat().st_size < 5_000_000
        for text in [(ROOT / name).read_text(encoding="utf-8", errors="replace")]
        for host in hosts
        if host in text
    ]
    assert named == []


def test_no_lock_names_an_address() -> None:
    locks = sorted((ROOT / "requirements").glob("*"))
    assert locks
    assert [lock.name for lock in locks if "://" in lock.read_text(encoding="utf-8")] == []
