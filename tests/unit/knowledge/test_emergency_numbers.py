"""Whom to call, by country: nothing is lost to YAML, everything is cited, and nobody is left without a number."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from liftback import operations
from liftback.knowledge.conditions import KnowledgeError
from liftback.knowledge.emergency_numbers import ELSEWHERE, emergency_numbers
from liftback.knowledge.loader import Knowledge, load_knowledge

KNOWLEDGE = load_knowledge()
FILE = "triage/emergency_numbers.yaml"
UNION = (
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV",
    "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
)  # fmt: skip
SPANISH = (
    "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GT", "HN", "MX", "NI", "PA", "PE", "PR",
    "PY", "SV", "UY", "VE",
)  # fmt: skip


def with_file(change: tuple[str, str]) -> Knowledge:
    """The knowledge with one text of the file replaced."""
    content = dict(KNOWLEDGE.later_files)[FILE].decode()
    assert change[0] in content
    changed = content.replace(*change, 1).encode()
    files = tuple((name, changed if name == FILE else raw) for name, raw in KNOWLEDGE.later_files)
    return replace(KNOWLEDGE, later_files=files)


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        ("US", ["911"]),
        ("CA", ["911"]),
        ("MX", ["911"]),
        ("GB", ["999", "112"]),
        ("AU", ["000", "112"]),
        ("NZ", ["111"]),
        ("NO", ["113", "112"]),
        ("CH", ["144", "112"]),
        ("JP", ["119"]),
        ("IN", ["112", "108"]),
        ("BR", ["192"]),
        ("AR", ["911", "107"]),
        ("CL", ["131"]),
        ("CO", ["123"]),
        ("PE", ["106", "116"]),
        ("ZA", ["112", "10177"]),
        ("SG", ["995"]),
        ("PH", ["911"]),
    ],
)
def test_a_country_has_its_numbers(country: str, numbers: list[str]) -> None:
    found = {one["country"]: one for one in operations.emergency_numbers()}
    assert found[country]["numbers"] == numbers


@pytest.mark.parametrize("country", UNION)
def test_the_european_union_calls_112(country: str) -> None:
    found = {one["country"]: one for one in operations.emergency_numbers()}
    assert found[country]["numbers"][0] == "112"


def test_everyone_who_reads_spanish_finds_a_country() -> None:
    assert set(SPANISH) <= {one["country"] for one in operations.emergency_numbers()}


def test_whoever_finds_no_country_is_told_what_to_do_last() -> None:
    last = operations.emergency_numbers()[-1]
    assert (last["country"], last["numbers"]) == (ELSEWHERE, ["112"])
    assert "ask somebody near you" in last["note"]


def test_countries_stand_by_name_and_once() -> None:
    names = [one["name"] for one in operations.emergency_numbers()][:-1]
    assert names == sorted(set(names))


def test_every_entry_cites_a_source_and_every_source_is_cited() -> None:
    found = emergency_numbers(KNOWLEDGE)
    assert {one.provenance.source for one in found.entries} == set(found.references)
    assert all(one.provenance.certainty == "published" for one in found.entries)


def test_a_note_names_only_the_numbers_of_its_entry() -> None:
    for one in emergency_numbers(KNOWLEDGE).entries:
        assert set(filter(str.isdecimal, one.note.replace(".", " ").split())) <= set(one.numbers), one.id


def test_a_number_that_yaml_would_read_as_zero_is_refused() -> None:
    assert yaml.safe_load("numbers: [000]") == {"numbers": [0]}
    with pytest.raises(KnowledgeError, match=r"AU.*to dial"):
        emergency_numbers(with_file(('["000", "112"]', "[000]")))


def test_a_country_that_yaml_would_read_as_no_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="False is no country code"):
        emergency_numbers(with_file(('"NO":', "NO:")))


def test_an_entry_without_a_source_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="nobody_knows"):
        emergency_numbers(with_file(("source: austrade_brazil", "source: nobody_knows")))


def test_a_list_without_a_word_for_the_rest_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="not listed"):
        emergency_numbers(with_file(("\n  ZZ:", "\n  QQ:")))
