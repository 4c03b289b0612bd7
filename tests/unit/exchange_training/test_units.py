"""Which unit, and how we know: stated, inferred with the reason, asked, mixed, unknown."""

from __future__ import annotations

import pytest

from liftback.exchange.training_files import FileError
from liftback.training.log import TrainingLog
from tests.unit.exchange_training.samples import row, strong


def lifted(**weights: str) -> TrainingLog:
    """A file without a unit: `Squat="45 135 225"` and so on; _ in a name is a space."""
    lines = [row(f"{name.replace('_', ' ')} (Barbell)", weight=w) for name, ws in weights.items() for w in ws.split()]
    return strong(*lines)


INFERRED = {
    "kg": {"Squat": "20 60 82.5 100", "Bench_Press": "20 42.5 62.5"},
    "lb": {"Squat": "45 135 185 225 275", "Bench_Press": "45 95 135"},
    "unknown": {"Squat": "50 55"},
    "mixed": {"Squat": "60 82.5 102.5 137.5", "Deadlift": "135 185 225 315 405"},
}


@pytest.mark.parametrize(("unit", "weights"), INFERRED.items())
def test_the_plates_tell(unit: str, weights: dict[str, str]) -> None:
    log = lifted(**weights)
    assert (log.units.unit, log.units.basis) == (unit, "inferred")
    assert {one.unit for one in log.sets} == {unit if unit in ("kg", "lb") else "unknown"}


def test_the_reason_shows_the_weights_and_the_way_to_correct_it() -> None:
    reason = lifted(**INFERRED["kg"]).units.reason
    assert "does not name the unit" in reason
    assert "such as" in reason
    assert "--unit lb" in reason


@pytest.mark.parametrize("unit", ["unknown", "mixed"])
def test_where_the_plates_do_not_tell_we_ask(unit: str) -> None:
    assert "--unit kg or --unit lb" in lifted(**INFERRED[unit]).units.reason


def test_round_pounds_turned_into_kilograms_speak_for_kilograms() -> None:
    assert lifted(Curl="6.80388555 9.07184741 11.33980926").units.unit == "kg"


def test_round_kilograms_turned_into_pounds_speak_for_pounds() -> None:
    assert lifted(Curl="77.16 143.3 198.42").units.unit == "lb"


def test_a_weight_beyond_nearly_everybody_in_kilograms_is_pounds() -> None:
    assert lifted(Deadlift="405 455 500 350").units.unit == "lb"


@pytest.mark.parametrize(("said", "unit"), [("kg", "kg"), ("lbs", "lb"), ("KGS", "kg"), (" lb ", "lb")])
def test_what_the_lifter_says_is_used(said: str, unit: str) -> None:
    log = strong(row(weight="45"), row(weight="0", reps="8"), unit=said)
    assert (log.units.unit, log.units.basis) == (unit, "asked")
    assert [one.unit for one in log.sets] == [unit, "bodyweight"]


def test_what_the_file_states_is_not_overruled() -> None:
    header = "Date,Workout Name,Exercise Name,Set Order,Weight (kg),Reps"
    log = strong("2026-09-07 10:00:00,A,Squat,1,100,5", header=header, unit="lb")
    assert (log.units.unit, log.units.basis, log.sets[0].unit) == ("kg", "stated", "kg")


def test_another_unit_is_refused() -> None:
    with pytest.raises(FileError, match="neither kg nor lb"):
        strong(row(), unit="stone")
