"""The course carried on by each check-in is the one that everything together gives; nothing is carried over a doubt."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from liftback import operations
from liftback.records import course_state, read, write
from liftback.records.models import CourseState, Entry, Lifter, StoryVersion
from liftback.records.read.inputs import inputs_of
from liftback.records.working_out import work_out
from liftback.records.write import NewEntry
from tests.people import NOW, TODAY, entry, lifter_of, person, story

pytestmark = pytest.mark.django_db
LOG = Path(__file__).parents[1] / "samples" / "strong_comma.csv"


@pytest.fixture
def own() -> Lifter:
    return told_lifter("sam", onset=TODAY - timedelta(days=20))


def told_lifter(name: str, **answers: Any) -> Lifter:
    lifter = lifter_of(person(name))
    write.keep_story(actor=lifter.person, lifter=lifter, document=story(**answers), via="interview", now=NOW)
    return lifter


def check_in(own: Lifter, day: date, *, now: datetime | None = None, **payload: Any) -> Entry:
    told = {"pain": None, "sleep": None, "stress": None, "lift_pain": None, "event": False, "note": "", **payload}
    return add(own, "check_in", day, now=now, **told)


def add(own: Lifter, kind: str, day: date, *, now: datetime | None = None, **payload: Any) -> Entry:
    at = now or NOW + (day - TODAY)
    made = uuid4()
    one = NewEntry(kind=kind, client_id=made, device="test", day=day, client_time=at, payload=payload)
    own.refresh_from_db()
    (outcome,) = write.tell(actor=own.person, lifter=own, entries=[one], now=max(at, NOW))
    assert outcome.state == "kept", outcome.why
    own.refresh_from_db()
    return Entry.objects.get(client_id=made)


def felt(own: Lifter, today: date = TODAY) -> dict[str, Any] | None:
    own.refresh_from_db()
    return course_state.felt(own, today=today)


def everything(own: Lifter, today: date = TODAY) -> dict[str, Any] | None:
    """The felt trend as the whole diary gives it; None with too few scores."""
    inputs = inputs_of(own, today=today)
    assert inputs.story is not None
    followed = operations.follow(story=inputs.story, log=inputs.log, diary=inputs.diary, today=today)
    trend = followed.trajectory.trend
    if trend is None:
        return None
    return {"middle": trend.felt.middle, "half": list(trend.felt.half), "most": list(trend.felt.most)}


def same(found: dict[str, Any] | None, wanted: dict[str, Any] | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    numbers = [[one["middle"], *one["half"], *one["most"]] for one in (found, wanted)]
    return numbers[0] == pytest.approx(numbers[1], abs=2e-3)


def begin(own: Lifter, days: int = 20, until: date = TODAY) -> None:
    """Some days of check-ins, and the course begun from them."""
    chance = random.Random(days)  # noqa: S311 - made-up days
    told = [
        entry("check_in", until - timedelta(days=back), at=NOW - timedelta(days=60 + back), pain=chance.randint(2, 6))
        for back in range(days, 0, -1)
    ]
    write.tell(actor=own.person, lifter=own, entries=told, now=NOW)
    anew(own, until)


def anew(own: Lifter, today: date = TODAY) -> None:
    """Begin the course anew from everything, as working out the pages does."""
    own.refresh_from_db()
    begun = course_state.begun(inputs_of(own, today=today), today=today)
    course_state.keep(own, begun, revision=own.revision, held=begun is None)


def test_a_check_in_is_carried_on_without_working_anything_out(own: Lifter, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(own)
    monkeypatch.setattr(operations, "follow", None)
    check_in(own, TODAY, pain=7, sleep=4, stress=8, event=True)
    monkeypatch.undo()
    assert felt(own) is not None
    assert same(felt(own), everything(own))
    assert CourseState.objects.get(lifter=own).day == TODAY


def test_a_second_check_in_of_a_day_and_one_in_its_place(own: Lifter) -> None:
    begin(own)
    first = check_in(own, TODAY, pain=2)
    check_in(own, TODAY, pain=8, note="worse in the evening")
    assert same(felt(own), everything(own)), "two that stand beside each other"
    check_in(own, TODAY, pain=3, replaces=str(first.client_id))
    assert same(felt(own), everything(own)), "one in the place of another"


def test_missing_days_stay_missing(own: Lifter) -> None:
    begin(own, until=TODAY - timedelta(days=6))
    check_in(own, TODAY - timedelta(days=2), pain=4)
    assert same(felt(own), everything(own)), "also the days since"
    check_in(own, TODAY, sleep=2)
    assert same(felt(own), everything(own)), "a day without a score of pain"


@pytest.mark.parametrize("kind", ["weekly", "flare", "flare_over", "swap", "after"])
def test_what_the_course_does_not_read_leaves_it_as_it_is(own: Lifter, kind: str) -> None:
    begin(own)
    before = felt(own)
    add(own, kind, TODAY, note="")
    assert before is not None
    assert felt(own) == before


def late(own: Lifter) -> None:
    check_in(own, TODAY - timedelta(days=3), pain=9)


def done(own: Lifter) -> None:
    add(own, "done", TODAY, lift="Deadlift", exercise="", sets=3, reps=5, weight=100, unit="kg", told={})


def new_story(own: Lifter) -> None:
    write.keep_story(actor=own.person, lifter=own, document=story(), via="interview", now=NOW)


def worrying(own: Lifter) -> None:
    check_in(own, TODAY, pain=3, note="since this morning I cannot pee and it is numb between my legs")


def doubt(own: Lifter) -> None:
    check_in(own, TODAY, pain=3, signs="not_sure")


def moved(own: Lifter) -> None:
    other = Entry.objects.filter(lifter=own, kind="check_in").latest("day")
    check_in(own, TODAY, pain=3, replaces=str(other.client_id))


@pytest.mark.parametrize("deed", [late, done, new_story, worrying, doubt, moved])
def test_what_touches_more_than_the_newest_day_is_never_carried(own: Lifter, deed: Any) -> None:
    begin(own)
    assert felt(own) is not None
    deed(own)
    assert felt(own) is None, "nothing is said before it is worked out"
    work_out(own, today=TODAY, now=NOW)
    if deed in (worrying, doubt):
        assert felt(own) is None, "nor while the warning signs come first"
        assert not CourseState.objects.filter(lifter=own).exists()
    else:
        assert same(felt(own), everything(own))


def test_a_sudden_beginning_is_settled_before_anything_is_carried() -> None:
    own = told_lifter("kim", onset=TODAY, how_it_began="moment")
    begin(own)
    check_in(own, TODAY, pain=6, event=True)
    assert felt(own) is None
    tomorrow = TODAY + timedelta(days=1)
    anew(own)
    check_in(own, tomorrow, pain=6, event=True, now=NOW + timedelta(days=1))
    assert felt(own, tomorrow) is None
    anew(own, tomorrow)
    assert same(felt(own, tomorrow), everything(own, tomorrow))


def test_bytes_of_another_version_are_no_state(own: Lifter) -> None:
    begin(own)
    CourseState.objects.filter(lifter=own).update(content=b"{}\nnothing")
    assert felt(own) is None
    check_in(own, TODAY, pain=3)
    anew(own)
    assert same(felt(own), everything(own))


def test_too_few_scores_say_nothing(own: Lifter) -> None:
    check_in(own, TODAY, pain=3)
    work_out(own, today=TODAY, now=NOW)
    assert CourseState.objects.filter(lifter=own).exists()
    assert felt(own) is None


def test_a_doubt_opens_the_signs_and_holds_the_plan(own: Lifter) -> None:
    before = StoryVersion.objects.filter(lifter=own).count()
    check_in(own, TODAY, pain=3, signs="no")
    assert StoryVersion.objects.filter(lifter=own).count() == before, "a no changes nothing"
    check_in(own, TODAY, signs="yes")
    assert StoryVersion.objects.filter(lifter=own, via="contact").count() == 1
    pages = work_out(own, today=TODAY, now=NOW)
    assert pages["answers"]["advice"]["level"] == "same_day"
    assert pages["plan"]["held"]
    assert pages["course"]["held"]


def test_a_doubt_never_lowers_an_emergency() -> None:
    own = told_lifter("max", saddle_numbness="new_numbness")
    check_in(own, TODAY, signs="not_sure")
    assert work_out(own, today=TODAY, now=NOW)["answers"]["advice"]["level"] == "emergency"


@pytest.mark.parametrize("seed", range(3))
def test_random_weeks_come_to_the_same_as_everything_together(seed: int) -> None:
    onset, began = TODAY - timedelta(days=60 + 200 * seed), "moment" if seed else "crept_up"
    own = told_lifter(f"lifter{seed}", onset=onset, how_it_began=began)
    if seed == 1:
        log: dict[str, Any] = {
            "name": "log.csv",
            "content": LOG.read_bytes(),
            "format": "strong",
            "sets": 1,
            "unit": "kg",
            "names": {},
        }
        write.import_file(actor=own.person, lifter=own, now=NOW, **log)
    chance = random.Random(seed)  # noqa: S311 - made-up days
    today = TODAY - timedelta(days=25)
    begin(own, until=today, days=12)
    carried = 0
    while today < TODAY:
        today = min(TODAY, today + timedelta(days=chance.choice([1, 1, 1, 2, 5])))
        told = _random_day(own, chance, today)
        found = felt(own, today)
        if found is None:
            anew(own, today)
            found = felt(own, today)
        else:
            carried += 1
        assert same(found, everything(own, today)), (today, told)
    assert carried > 3


def _random_day(own: Lifter, chance: random.Random, today: date) -> Sequence[Entry]:
    """One to three check-ins, now and then late, or in the place of another."""
    told: list[Entry] = []
    for _ in range(chance.choice([1, 1, 2, 3])):
        day = today - timedelta(days=chance.choice([0, 0, 0, 0, 0, 0, 0, 2]))
        values: dict[str, Any] = {name: chance.choice([None, *range(11)]) for name in ("pain", "sleep", "stress")}
        earlier = [one for one in told if one.day == day]
        if earlier and chance.random() < 0.5:
            values["replaces"] = str(earlier[-1].client_id)
        told.append(check_in(own, day, event=chance.random() < 0.1, now=NOW, **values))
    return told


def test_a_day_that_cannot_be_read_takes_no_other_with_it(own: Lifter) -> None:
    check_in(own, TODAY - timedelta(days=1), pain=4)
    check_in(own, TODAY, pain="many", sleep=77, note="numb between my legs since today")
    days = {one.day: one for one in inputs_of(own, today=TODAY).diary.days}
    assert days[TODAY - timedelta(days=1)].pain == 4
    assert days[TODAY].pain is None
    assert "numb" in days[TODAY].note


def test_three_check_ins_of_a_day_count_with_their_mean(own: Lifter) -> None:
    for pain in (4, 5, 5):
        check_in(own, TODAY, pain=pain)
    assert [one.pain for one in inputs_of(own, today=TODAY).diary.days] == [4.67]


def test_carrying_on_is_quick(own: Lifter) -> None:
    """The bound leaves room for a busy machine."""
    begin(own, days=60)
    started = time.perf_counter()
    check_in(own, TODAY, pain=3, sleep=6)
    assert time.perf_counter() - started < 0.5
    assert read.felt_now(actor=own.person, lifter=own, now=NOW) is not None
