"""One row of the access table: what each person gets at an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SIGNED_IN = ("lifter", "other_lifter", "therapist", "other_therapist", "front_desk", "owner")
EVERYBODY = (*SIGNED_IN, "nobody")
SIGN_IN = "302 /account/login/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What an address answers to a GET and to an empty POST: a status, or "302 /where/". 405 is no such method.

    `get` and `post` are what each person gets, by name. `args` are the parts of the address, `lifter.file` and the like
    being those of the lifter's records. `sees` are those who may find words of the lifter's in the answer.
    """

    get: Mapping[str, Any]
    post: Mapping[str, Any]
    args: tuple[Any, ...] = ()
    query: str = ""
    note: str = ""
    sees: tuple[str, ...] = ("lifter",)


def all_get(answer: Any) -> dict[str, Any]:
    """The same for everybody."""
    return dict.fromkeys(EVERYBODY, answer)


def own(answer: Any, *, lifter: Any = None) -> dict[str, Any]:
    """A page of one's own: the same for whoever is signed in, the lifter's may differ; nobody is asked to sign in."""
    return {**dict.fromkeys(SIGNED_IN, answer), "lifter": answer if lifter is None else lifter, "nobody": SIGN_IN}


def only_the_lifter(answer: Any) -> dict[str, Any]:
    """A thing of the lifter's: for everybody else it is not there."""
    return {**dict.fromkeys(SIGNED_IN, 404), "lifter": answer, "nobody": SIGN_IN}


NO = all_get(405)
"""No such method."""
