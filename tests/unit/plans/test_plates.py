"""What goes on a bar: the largest total not above what is wanted, in the fewest plates."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback import operations
from liftback.plans.loads import loaded

QUARTERS = st.integers(1, 24).map(lambda n: n / 4)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(QUARTERS, min_size=1, max_size=3, unique=True), st.integers(0, 80).map(lambda n: n / 4))
def test_no_other_side_is_fuller_or_has_fewer_plates(sizes: list[float], room: float) -> None:
    found = loaded(20 + 2 * room, 20, tuple(sizes))
    side = sum(found.side)
    assert found.total == 20 + 2 * side <= 20 + 2 * room
    most = [range(int(room // size) + 1) for size in sizes]
    sides = [
        (sum(size * count for size, count in zip(sizes, counts, strict=True)), sum(counts)) for counts in product(*most)
    ]
    best = max(total for total, _ in sides if total <= room)
    assert side == best
    assert len(found.side) == min(count for total, count in sides if total == best)


@pytest.mark.parametrize(
    ("asked", "owned", "total", "sums"),
    [
        ((82.5, "kg", 20), None, 82.5, "20 + 2 x (25 + 5 + 1.25) = 82.5 kg"),
        ((83.4, "kg", 20), None, 82.5, "20 + 2 x (25 + 5 + 1.25) = 82.5 kg"),
        ((225, "lb", 45), None, 225, "45 + 2 x (45 + 45) = 225 lb"),
        ((20, "kg", 20), None, 20, "20 kg"),
        ((0.1 + 0.2 + 20, "kg", 20), [0.15], 20.3, "20 + 2 x (0.15) = 20.3 kg"),
        ((37, "kg", 10), [7, 5, 3], 36, "10 + 2 x (7 + 3 + 3) = 36 kg"),
        ((60, "kg", 20), [15, 10.1], 50, "20 + 2 x (15) = 50 kg"),
    ],
)
def test_the_sum_is_shown_as_it_hangs(
    asked: tuple[float, str, float], owned: list[float] | None, total: float, sums: str
) -> None:
    weight, unit, bar = asked
    found = operations.plates(weight=weight, unit=unit, bar=bar, plates_owned=owned)
    assert found["weight"] == total
    assert found["sum"] == sums
    assert found["left"] == pytest.approx(weight - total)
    assert found["exact"] is (abs(weight - total) < 1e-6)
    assert sum(one["count"] for one in found["side"]) == len(found["plates"])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"weight": 15}, "bar alone weighs 20"),
        ({"weight": float("nan")}, "more than 0"),
        ({"weight": float("inf")}, "more than 0"),
        ({"weight": -3}, "more than 0"),
        ({"weight": 9000}, "at most 1500"),
        ({"bar": -1}, "0 or more"),
        ({"bar": float("nan")}, "0 or more"),
        ({"unit": "stone"}, "kg or lb"),
        ({"plates_owned": [20, 0]}, "above 0"),
        ({"plates_owned": [1e-9]}, "above 0"),
        ({"plates_owned": list(range(1, 60))}, "1 to 30"),
    ],
)  # fmt: skip
def test_a_bar_that_cannot_be_loaded_is_told_in_a_sentence(changed: dict[str, object], says: str) -> None:
    asked: dict[str, object] = {"weight": 60, "unit": "kg", "bar": 20, **changed}
    with pytest.raises(operations.PlateError, match=says):
        operations.plates(**asked)  # type: ignore[arg-type]  # some of them are wrong on purpose


def test_plates_of_odd_sizes_are_worked_out_in_bounded_time() -> None:
    found = operations.plates(weight=1499.99, unit="kg", bar=0, plates_owned=[25, 20, 1.01, 0.37])
    assert 1490 < found["weight"] <= 1499.99
