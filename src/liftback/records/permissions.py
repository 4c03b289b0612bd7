"""Who may do what: every rule about persons in one place. Whether the state of a thing allows it is in `policies`.

`may` answers; `check` raises `NotAllowedError` with a sentence for the person.
"""

from __future__ import annotations

import rules

from liftback.records.tables.people import Lifter, Person


class NotAllowedError(Exception):
    """A person wanted what is not theirs. The sentence tells nothing of whether it exists."""


NOT_YOURS = "There is nothing here for you. If it is yours, sign in with the account it belongs to."


@rules.predicate  # type: ignore[untyped-decorator]  # rules ships no types
def is_the_lifter(person: Person, lifter: Lifter | None) -> bool:
    """Whether the records are the person's own."""
    return bool(lifter is not None and person.is_authenticated and person.is_active and lifter.person_id == person.pk)


READ, WRITE, DELETE = "records.read_lifter", "records.write_lifter", "records.delete_lifter"
# A lifter's records are their own. What a therapist may see comes with the clinic's side, with a row in the audit.
for _deed in (READ, WRITE, DELETE):
    if not rules.perm_exists(_deed):
        rules.add_perm(_deed, is_the_lifter)


def may(person: Person, deed: str, lifter: Lifter | None) -> bool:
    """Whether a person may do a deed (`READ`, `WRITE`, `DELETE`) to a lifter's records."""
    return bool(rules.has_perm(deed, person, lifter))


def check(person: Person, deed: str, lifter: Lifter | None) -> None:
    """Raise NotAllowedError where a person may not."""
    if not may(person, deed, lifter):
        raise NotAllowedError(NOT_YOURS)
