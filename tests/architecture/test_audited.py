"""Whatever staff read or write of somebody goes through the audit, or stands here with a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from tests.architecture.source_tree import Module, functions, modules_in

WRITES_A_ROW = frozenset(("audited", "note", "note_many", "note_lifters"))
"""What of `records.audit` writes a row."""
_INSIDE = "works on rows whose look was noted by whoever calls it"
_LOOKUP = "finds what is meant, for a look or a change that is noted when it is done"
_OWN = "the clinic's own: nothing of anybody who asked or is treated"
WITHOUT = {
    "read/clinic/attention.py:rows_of": _INSIDE,
    "read/clinic/patients.py:episode_of": _LOOKUP,
    "read/clinic/patients.py:therapists": _OWN,
    "read/clinic/threads.py:episode_here": _LOOKUP,
    "read/clinic/worklist.py:item_of": _INSIDE,
    "read/clinic/worklist.py:version": "a mark that says whether the list has changed, without a word of it",
    "write/clinic/plan_edits.py:patient_of": _LOOKUP,
    "write/clinic/signatures.py:licence_of": _OWN,
    "write/clinic/signatures.py:may_sign": _OWN,
    "write/clinic/steps.py:request_of": _LOOKUP,
    "write/clinic/steps.py:step": _INSIDE,
    "write/clinic/threads.py:read_by_staff": "how far somebody has read, inside their noted look (and refused outside)",
}
"""Functions that need no row of their own, by module and name, each with the reason."""


def clinic_modules() -> list[Module]:
    return [one for one in modules_in("records") if "/clinic/" in one.path]


def called(node: ast.AST) -> set[str]:
    """The bare names of everything that is called for `staff`, `with` blocks included."""
    found = {one.func for one in ast.walk(node) if isinstance(one, ast.Call) and gives_staff(one)}
    return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in found}


def gives_staff(call: ast.Call) -> bool:
    given = [*call.args, *(one.value for one in call.keywords)]
    return any(isinstance(one, ast.Name) and one.id == "staff" for one in given)


def takes_staff(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(one.arg == "staff" for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))


def unaudited(found: Iterable[Module]) -> set[str]:
    """Public functions for staff that write no row, neither themselves nor through what they call for staff."""
    calls = {f"{one.path}:{node.name}": (node, called(node)) for one in found for node in functions(one)}
    audited: set[str] = set()
    names = set(WRITES_A_ROW)
    while True:
        more = {key for key, (node, inner) in calls.items() if inner & names and key not in audited}
        if not more:
            break
        audited |= more
        names |= {key.rpartition(":")[2] for key in more if takes_staff(calls[key][0])}
    public = {key for key, (node, _) in calls.items() if takes_staff(node) and not node.name.startswith("_")}
    return public - audited


def test_every_deed_of_staff_is_audited() -> None:
    missing = {key.removeprefix("records/") for key in unaudited(clinic_modules())}
    assert missing - set(WITHOUT) == set(), "write the row (records.audit), or name it here with the reason"
    assert set(WITHOUT) - missing == set(), "these write a row now, or are gone"


def test_a_deed_without_a_row_is_found() -> None:
    text = (
        "def look(*, staff):\n    return 1\n"
        "def told(*, staff):\n    note(staff=staff)\n"
        "def by_another(*, staff):\n    return told(staff=staff)\n"
        "def _inner(*, staff):\n    return 1\n"
    )
    assert unaudited([Module(path="planted.py", text=text, tree=ast.parse(text))]) == {"planted.py:look"}
