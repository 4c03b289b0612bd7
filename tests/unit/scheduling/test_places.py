"""ZIP codes, distances, and who is nearest among those who may."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import pytest

from liftback.records.scheduling.places import (
    STATES,
    Place,
    distance_km,
    is_zip,
    nearest,
    place_of,
    state_matches,
)

AUSTIN, MANHATTAN = "78701", "10001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    name: str
    states: tuple[str, ...] = ("NY",)
    latitude: float | None = None
    longitude: float | None = None


def in_zip(name: str, code: str, *states: str) -> Known:
    place = place_of(code)
    assert place is not None
    return Known(name=name, states=states or (place.state,), latitude=place.latitude, longitude=place.longitude)


def test_a_zip_code_is_a_place() -> None:
    found = place_of(AUSTIN)
    assert found is not None
    assert (found.zip, found.city, found.state) == (AUSTIN, "Austin", "TX")
    assert (round(found.latitude), round(found.longitude)) == (30, -98)


@pytest.mark.parametrize(
    "text", ["787", "", "7870", "787011", "78701-1234", "abcde", "٧٨٧٠١", " 7870", "00000", "1\n000"]
)
def test_what_is_no_place(text: str) -> None:
    assert place_of(text) is None
    assert state_matches(text, "TX") is None
    assert is_zip(text) is (text == "00000")


def test_a_zip_code_lies_in_its_state() -> None:
    assert state_matches(AUSTIN, "tx") is True
    assert state_matches(AUSTIN, "NY") is False


def test_states_and_territories() -> None:
    codes = [code for code, _ in STATES]
    assert len(codes) == len(set(codes)) == 56
    assert all(place is None or place.state in codes for place in map(place_of, ("00901", "96910", "99501", "20001")))


def test_distances() -> None:
    new_york, los_angeles = (40.7128, -74.0060), (34.0522, -118.2437)
    assert distance_km(of=new_york, to=new_york) == 0
    assert distance_km(of=new_york, to=los_angeles) == pytest.approx(3936, abs=3)
    assert distance_km(of=los_angeles, to=new_york) == distance_km(of=new_york, to=los_angeles)
    assert distance_km(of=(0, 179.5), to=(0, -179.5)) == pytest.approx(111.2, abs=0.1)
    assert distance_km(of=(90, 0), to=(-90, 0)) == pytest.approx(20015, abs=1)


def test_the_nearest_comes_first_and_those_without_a_place_last() -> None:
    here = place_of(MANHATTAN)
    far, near, nowhere = in_zip("far", "14201"), in_zip("near", "10025"), Known(name="nowhere")
    found = nearest(colleagues=[nowhere, far, near], state="ny", place=here)
    assert [one.who.name for one in found] == ["near", "far", "nowhere"]
    assert found[0].miles is not None
    assert 1 < found[0].miles < 6
    assert found[-1].kilometres is found[-1].miles is None


def test_without_a_place_of_ones_own_the_order_stays() -> None:
    given = [in_zip("far", "14201"), in_zip("near", "10025"), Known(name="nowhere")]
    assert [one.who.name for one in nearest(colleagues=given, state="NY")] == ["far", "near", "nowhere"]


def test_only_those_who_may_practise_where_the_person_is() -> None:
    across_the_river = in_zip("across", "07030", "NJ")
    both = in_zip("both", "07030", "NJ", "NY")
    found = nearest(colleagues=[across_the_river, both], state="NY", place=place_of(MANHATTAN))
    assert [one.who.name for one in found] == ["both"]
    assert nearest(colleagues=[both, Known(name="odd", states=("",))], state="", place=None) == ()


def test_two_as_near_stay_in_their_order() -> None:
    here = Place(zip="10001", city="", state="NY", latitude=40.0, longitude=-74.0)
    twins = [Known(name=name, latitude=41.0, longitude=-74.0) for name in ("b", "a", "c")]
    assert [one.who.name for one in nearest(colleagues=twins, state="NY", place=here)] == ["b", "a", "c"]


def test_the_table_of_zip_codes_is_not_read_before_it_is_needed() -> None:
    code = "import sys; import liftback.records.scheduling.places; sys.exit('zipcodes' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
