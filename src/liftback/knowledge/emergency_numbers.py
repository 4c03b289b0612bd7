"""The numbers that call an ambulance, by country. Read only when somebody asks for them, and checked then."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from liftback.knowledge.checks import CERTAINTIES
from liftback.knowledge.conditions import KnowledgeError
from liftback.knowledge.entries import Reference
from liftback.knowledge.loader import Knowledge, read_document
from liftback.knowledge.parsing import Thresholds, build, parse_references
from liftback.knowledge.plan_entries import Provenance

FILES = ("triage/emergency_numbers",)
ELSEWHERE = "ZZ"
"""The code of the entry for a country that is not listed; no country has it."""
_CODE = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"[0-9]{3,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNumber:
    """How to call an ambulance in one country.

    `id` is its ISO 3166 code, or `ELSEWHERE`. `numbers` are as dialled, the one to try first in front. `note` says in
    one or two sentences what differs between them, where it matters.
    """

    id: str
    name: str
    numbers: tuple[str, ...]
    provenance: Provenance
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EmergencyNumbers:
    """Every entry by name, the one for elsewhere last, with the sources they cite."""

    entries: tuple[EmergencyNumber, ...]
    references: Mapping[str, Reference]


@lru_cache(maxsize=2)
def emergency_numbers(knowledge: Knowledge) -> EmergencyNumbers:
    """The numbers shipped with this knowledge. Raises KnowledgeError naming the entry that is not right."""
    entries: list[EmergencyNumber] = []
    references: dict[str, Reference] = {}
    for name, raw in knowledge.later(FILES):
        document = read_document(name, raw)
        references.update(parse_references(document, Thresholds({}), name))
        shared = document.get("provenance", {})
        entries += [_entry(code, one, shared, name) for code, one in document.get("emergency_numbers", {}).items()]
    for entry in entries:
        _check(entry, references)
    if ELSEWHERE not in {entry.id for entry in entries}:
        raise KnowledgeError("emergency_numbers: nothing is said to people whose country is not listed")
    ordered = sorted(entries, key=lambda entry: (entry.id == ELSEWHERE, entry.name))
    return EmergencyNumbers(entries=tuple(ordered), references=references)


def _entry(code: object, raw: Mapping[str, Any], shared: Mapping[str, Any], name: str) -> EmergencyNumber:
    where = f"{name}: {code}"
    given = {**shared, **raw.get("provenance", {})}
    provenance = build(Provenance, given, f"{where}: provenance")
    return build(EmergencyNumber, {**raw, "id": code, "provenance": provenance}, where)


def _check(entry: EmergencyNumber, references: Mapping[str, Reference]) -> None:
    # YAML reads a bare 000 as a number and a bare NO as a no: both would lose a country's number without a word.
    if not isinstance(entry.id, str) or not _CODE.fullmatch(entry.id):
        raise KnowledgeError(f"emergency_numbers: {entry.id!r} is no country code")
    if not entry.numbers or not all(isinstance(one, str) and _NUMBER.fullmatch(one) for one in entry.numbers):
        raise KnowledgeError(f"emergency_numbers: {entry.id}: {entry.numbers!r} are no numbers to dial")
    provenance = entry.provenance
    if provenance.source not in references or not provenance.locator.strip():
        raise KnowledgeError(
            f"emergency_numbers: {entry.id}: source {provenance.source!r} is not there, or has no place"
        )
    if provenance.certainty not in CERTAINTIES or provenance.review_by <= provenance.reviewed_on:
        raise KnowledgeError(f"emergency_numbers: {entry.id}: certainty or dates of review are not right")
