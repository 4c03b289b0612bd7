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


@rules.predicate  # type: ignore[untyped-decorator]  # rules ships no types
def is_audited_reading(person: Person, lifter: Lifter | None) -> bool:
    """Whether a therapist looks, with the lifter's consent, and a row of the audit says so: see `records.audit`."""
    from liftback.records import audit  # noqa: PLC0415 - it asks who works where, and that asks here

    return lifter is not None and audit.is_open(person, lifter, audit.READ)


@rules.predicate  # type: ignore[untyped-decorator]  # rules ships no types
def is_audited_writing(person: Person, lifter: Lifter | None) -> bool:
    """Whether a therapist changes what a therapist may, and a row of the audit says so."""
    from liftback.records import audit  # noqa: PLC0415 - as above

    return lifter is not None and audit.is_open(person, lifter, audit.WRITE)


READ, WRITE, DELETE = "records.read_lifter", "records.write_lifter", "records.delete_lifter"
TREAT = "records.treat_lifter"
"""A therapist's own deeds: edits of the plan, signatures."""
# A lifter's records are their own. A therapist reads them, and adds their own to them, but never writes for the lifter.
_RULES = {
    READ: is_the_lifter | is_audited_reading,
    WRITE: is_the_lifter,
    DELETE: is_the_lifter,
    TREAT: is_audited_writing,
}
for _deed, _rule in _RULES.items():
    if not rules.perm_exists(_deed):
        rules.add_perm(_deed, _rule)


def may(person: Person, deed: str, lifter: Lifter | None) -> bool:
    """Whether a person may do a deed (`READ`, `WRITE`, `DELETE`) to a lifter's records."""
    return bool(rules.has_perm(deed, person, lifter))


def check(person: Person, deed: str, lifter: Lifter | None) -> None:
    """Raise NotAllowedError where a person may not."""
    if not may(person, deed, lifter):
        raise NotAllowedError(NOT_YOURS)
