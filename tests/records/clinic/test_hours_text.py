"""Hours as people write them, read and written back."""

from __future__ import annotations

from datetime import time

import pytest

from liftback.records.hours_text import said, spans_of

NINE, NOON, ONE, FIVE = time(9), time(12), time(13), time(17)
READ = [
    ("", ()),
    ("closed", ()),
    ("09:00-17:00", ((NINE, FIVE),)),
    ("9-17", ((NINE, FIVE),)),
    ("9am-5pm", ((NINE, FIVE),)),
    ("9 am – 12 pm, 1pm to 5pm", ((NINE, NOON), (ONE, FIVE))),
    ("13:00-17:00; 09.00-12.00", ((NINE, NOON), (ONE, FIVE))),
    ("09:00-12:00 and 13:00-17:00", ((NINE, NOON), (ONE, FIVE))),
    ("12am-1am", ((time(0), time(1)),)),
    ("22:00-24:00", ((time(22), time(23, 59)),)),
    ("09:00-12:00, 12:00-13:00", ((NINE, NOON), (NOON, ONE))),
]
REFUSED = ["nine to five", "17:00-9:00", "9-5", "25:00-26:00", "09:70-10:00", "9-12, 11-13", "10pm-5pm", "13pm-14pm"]


@pytest.mark.parametrize(("text", "spans"), READ, ids=[text for text, _ in READ])
def test_it_is_read_as_it_is_meant(text: str, spans: tuple[tuple[time, time], ...]) -> None:
    assert spans_of(text) == spans
    assert spans_of(said(spans)) == spans


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_meant_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"[.!]$"):
        spans_of(text)


def test_no_day_has_more_spans_than_anybody_needs() -> None:
    with pytest.raises(ValueError, match="At most 6"):
        spans_of(", ".join(f"{hour}:00-{hour}:30" for hour in range(8, 16)))
