"""The directory: typed, imported from a file that was looked at, taken home; nobody is lost or doubled."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.records.directory_file import MOST_ROWS, Parsed, colleague_of, parsed, written
from liftback.records.models import AuditRow, Colleague, Held
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import directory as reading
from liftback.records.staff import Staff
from liftback.records.write.clinic import directory
from liftback.records.write.clinic.directory import Imported
from liftback.records.write.clinic.terms import RefusedError
from tests.people import NOW, People, everybody, staff_of

HEAD = "name,practice,email,phone,website,city,state,zip,states,telehealth,in_person,languages,notes"
FILE = f"""{HEAD}
Kim Example,Iron Works,kim@example.com,+1 201 555 0100,iron.example.com,,,07302,NJ NY,yes,yes,"en, es",Runs a gym
Lee Example,,,,,Austin,TX,78701,Texas,no,yes,en,
"""


@pytest.fixture
def people(db: None) -> People:
    return everybody()


@pytest.fixture
def owner(people: People) -> Staff:
    return staff_of(people.owner)


def imported(owner: Staff, text: str) -> Imported:
    token = directory.hold(staff=owner, now=NOW, name="file.csv", content=text.encode())
    return directory.import_held(staff=owner, now=NOW, token=token)


def looked(owner: Staff, text: str) -> reading.Preview:
    return reading.preview(owner.clinic, parsed(text.encode()))


# --- the file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_however_a_spreadsheet_saved_it(delimiter: str, encoding: str) -> None:
    line = delimiter.join(("Zoë Exámple", "zoe@example.com", "NY"))
    head = delimiter.join(("Full Name", "E-Mail Address", "Licensed in"))
    read = parsed(f"{head}\r\n{line}\r\n\r\n".encode(encoding))
    assert [values["name"] for _, values in read.rows] == ["Zoë Exámple"]
    assert read.rows[0][1]["states"] == ["NY"]
    assert read.told == {"name", "email", "states"}


def test_every_row_that_cannot_be_used_has_its_line_and_a_reason() -> None:
    rows = ["Kim,not an address,", "Lee,,12", ",,07302", "Ann,ann@example.com,07302", "Ann 2,ann@example.com,07302"]
    read = parsed(("name,email,zip\n" + "\n".join(rows)).encode())
    assert [(one.line, one.why) for one in read.faults] == [
        (2, "“not an address” is no e-mail address."),
        (3, "“12” is no ZIP code of five digits."),
        (4, "There is no name."),
        (6, "The same as line 5: two rows have this e-mail, or this name and ZIP code."),
    ]
    assert [line for line, _ in read.rows] == [5]


def test_a_zip_code_that_a_spreadsheet_shortened_is_made_whole_again() -> None:
    values, wrong = colleague_of({"name": "Kim", "zip": "7302"})
    assert (values["zip"], wrong) == ("07302", {})
    assert "zip" in colleague_of({"name": "Kim", "zip": "073"})[1]  # three digits are no place


@pytest.mark.parametrize("site", ["javascript:alert(1)", "javascript://x.example/%0aalert(1)", "ftp://x.example"])
def test_a_website_is_a_web_address(site: str) -> None:
    assert "website" in colleague_of({"name": "Kim", "website": site})[1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"email\nkim@example.com\n",
        b"\x00\x01name",
        b"PK\x03\x04" + bytes(30),
        b"name\n" + b"a" * 1_000_001,
    ],
)
def test_what_is_no_directory_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(NotNowError, match=r"\.$"):
        parsed(content)


def test_a_file_has_an_end() -> None:
    with pytest.raises(NotNowError, match="in parts"):
        parsed(b"name\n" + b"a\n" * (MOST_ROWS + 1))


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(NotNowError):
        assert isinstance(parsed(content), Parsed)


_TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=20)


@given(st.lists(_TEXT, min_size=1, max_size=5, unique_by=str.casefold))
def test_what_is_written_is_read_back_the_same(names: list[str]) -> None:
    rows = [colleague_of({"name": name, "practice": name, "notes": f"={name}"})[0] for name in names]
    rows = [one for one in rows if one["name"]]
    assert [values for _, values in parsed(written(rows).encode()).rows] == rows if rows else True


@pytest.mark.parametrize("cell", ["=1+1", "+1 201 555 0100", "-2", "@SUM(A1)", "'quoted"])
def test_no_cell_is_a_formula(cell: str) -> None:
    values, _ = colleague_of({"name": "Kim", "practice": cell})
    line = written([values]).splitlines()[1]
    assert f"'{cell}" in line
    assert parsed(written([values]).encode()).rows[0][1]["practice"] == cell


# --- the import ------------------------------------------------------------------------------------------------------


def test_nothing_is_written_before_the_second_press(owner: Staff) -> None:
    directory.hold(staff=owner, now=NOW, name="file.csv", content=FILE.encode())
    found = looked(owner, FILE)
    assert (len(found.new), len(found.changed), found.same) == (2, 0, 0)
    assert not Colleague.objects.exists()


def test_an_import_places_people_by_their_zip_code(owner: Staff) -> None:
    assert imported(owner, FILE) == Imported(new=2, changed=0, same=0)
    kim = Colleague.objects.get(name="Kim Example")
    assert (kim.city, kim.state, kim.states) == ("Jersey City", "NJ", ["NJ", "NY"])
    assert kim.latitude is not None
    assert kim.website == "https://iron.example.com"
    assert kim.languages == ["en", "es"]
    assert AuditRow.objects.filter(what="settings", why="directory imported from file.csv").count() == 1


def test_the_same_file_twice_adds_nothing(owner: Staff) -> None:
    imported(owner, FILE)
    assert imported(owner, FILE) == Imported(new=0, changed=0, same=2)
    assert Colleague.objects.count() == 2


def test_what_was_exported_is_the_same_when_it_comes_back(owner: Staff) -> None:
    imported(owner, FILE)
    assert imported(owner, reading.export(owner.clinic)) == Imported(new=0, changed=0, same=2)


def test_a_row_that_vanished_is_kept_and_counted(owner: Staff) -> None:
    imported(owner, FILE)
    found = looked(owner, f"{HEAD}\nKim Example,,kim@example.com,,,,,,,,,,\n")
    assert found.missing == 1
    assert Colleague.objects.filter(active=True).count() == 2


def test_a_column_that_is_not_there_changes_nothing(owner: Staff) -> None:
    imported(owner, FILE)
    assert imported(owner, "name,email,notes\nKim Example,kim@example.com,Squats herself\n").changed == 1
    kim = Colleague.objects.get(name="Kim Example")
    assert (kim.lifter_notes, kim.phone, kim.states) == ("Squats herself", "+1 201 555 0100", ["NJ", "NY"])


def test_whoever_had_no_address_is_known_again_by_name_and_zip(owner: Staff) -> None:
    imported(owner, FILE)
    assert imported(owner, "name,zip,email\nlee example,78701,lee@example.com\n") == Imported(new=0, changed=1, same=0)
    assert Colleague.objects.get(name__iexact="lee example").email == "lee@example.com"


def test_two_people_of_one_name_and_place_stay_two(owner: Staff) -> None:
    imported(owner, FILE)
    imported(owner, "name,zip,email\nKim Example,07302,another.kim@example.com\n")
    assert Colleague.objects.filter(name="Kim Example").count() == 2


def test_whoever_was_left_out_comes_back_with_a_file(owner: Staff) -> None:
    imported(owner, FILE)
    kim = Colleague.objects.get(name="Kim Example")
    directory.set_active(staff=owner, now=NOW, colleague=kim.pk, active=False)
    assert looked(owner, FILE).changed[0].fields == ("active",)
    imported(owner, FILE)
    assert Colleague.objects.get(pk=kim.pk).active


def test_a_held_file_is_the_clinics_own_and_goes_after_a_day(owner: Staff, people: People) -> None:
    token = directory.hold(staff=owner, now=NOW, name="file.csv", content=FILE.encode())
    other = staff_of(people.other_therapist)
    with pytest.raises(NotNowError):
        reading.held(other.clinic, token, NOW)
    with pytest.raises(NotNowError):
        directory.import_held(staff=owner, now=NOW + timedelta(days=2), token=token)
    directory.import_held(staff=owner, now=NOW, token=token)
    assert not Held.objects.exists()
    with pytest.raises(NotNowError):
        directory.import_held(staff=owner, now=NOW, token=token)


@pytest.mark.parametrize("who", ["therapist", "front_desk", "other_therapist"])
def test_only_the_owner_writes_it(people: People, owner: Staff, who: str) -> None:
    imported(owner, FILE)
    kim, staff = Colleague.objects.get(name="Kim Example"), staff_of(getattr(people, who))
    with pytest.raises(NotAllowedError):
        directory.hold(staff=staff, now=NOW, name="f", content=FILE.encode())
    with pytest.raises(NotAllowedError):
        directory.keep(staff=staff, now=NOW, told={"name": "Mine"})
    with pytest.raises(NotAllowedError):
        directory.set_active(staff=staff, now=NOW, colleague=kim.pk, active=False)


# --- one by one ------------------------------------------------------------------------------------------------------


def test_one_is_added_changed_and_never_doubled(owner: Staff) -> None:
    kim = directory.keep(staff=owner, now=NOW, told={"name": "Kim", "zip": "07302"})
    assert Colleague.objects.get(pk=kim.pk).states == []  # a place is no licence
    directory.keep(staff=owner, now=NOW, told={"name": "Kim", "zip": "07302", "states": "NY"}, colleague=kim.pk)
    assert Colleague.objects.get(pk=kim.pk).states == ["NY"]
    with pytest.raises(RefusedError, match="already"):
        directory.keep(staff=owner, now=NOW, told={"name": "KIM", "zip": "07302"})
    with pytest.raises(RefusedError) as refused:
        directory.keep(staff=owner, now=NOW, told={"name": "", "email": "x"})
    assert set(refused.value.faults) == {"name", "email"}


def test_another_clinics_colleague_is_not_there(owner: Staff, people: People) -> None:
    theirs = Colleague.objects.create(clinic=staff_of(people.other_therapist).clinic, name="Theirs", changed_at=NOW)
    with pytest.raises(NotAllowedError):
        directory.set_active(staff=owner, now=NOW, colleague=theirs.pk, active=False)
    assert reading.colleagues(owner.clinic) == []
