"""Questionnaires as tables: what answers come to, when a change is one, and where help is named."""

from __future__ import annotations

import pytest

from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.forms import change, score

FORMS = plan_knowledge(load_knowledge()).forms
RMDQ, PEG, PHQ4, OWN = (FORMS[name] for name in ("rmdq", "peg", "phq4", "own_lifts"))
OFTEN = ("Not at all", "Several days", "More than half the days", "Nearly every day")


def rmdq(yes: int) -> dict[str, float | str]:
    return {item.id: "yes" if place < yes else "no" for place, item in enumerate(RMDQ.items)}


def numbers(form: str, *values: float | str | None) -> dict[str, float | str]:
    pairs = zip(FORMS[form].items, values, strict=True)
    return {item.id: value for item, value in pairs if value is not None}


def test_the_items_are_the_published_ones() -> None:
    assert [len(form.items) for form in (RMDQ, PEG, PHQ4, OWN)] == [24, 3, 4, 3]
    assert RMDQ.items[0].text == "I stay at home most of the time because of my back."
    assert RMDQ.items[15].text == "I have trouble putting on my socks (or stockings) because of the pain in my back."
    assert RMDQ.items[23].text == "I stay in bed most of the time because of my back."
    assert [item.text for item in PHQ4.items] == [
        "Feeling nervous, anxious or on edge",
        "Not being able to stop or control worrying",
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
    ]
    assert {item.choices for item in PHQ4.items} == {tuple(zip(OFTEN, (0.0, 1.0, 2.0, 3.0), strict=True))}
    assert all("1983" in text or "2009" in text or "Stratford" in text for text in (f.citation for f in FORMS.values()))
    assert all(form.licence for form in FORMS.values())


@pytest.mark.parametrize("yes", [0, 2, 3, 24])
def test_roland_morris_counts_its_sentences(yes: int) -> None:
    found = score(RMDQ, rmdq(yes))
    assert (found.value, found.missing) == (yes, ())
    assert [band.id for band in found.bands] == (["recovered"] if yes <= 2 else [])


@pytest.mark.parametrize("blank", ["rmdq_1", "rmdq_24"])
def test_a_skipped_sentence_is_no_no(blank: str) -> None:
    answers = rmdq(3)
    for given in ({k: v for k, v in answers.items() if k != blank}, {**answers, blank: "not_sure"}):
        found = score(RMDQ, given)
        assert (found.value, found.missing, found.bands) == (None, (blank,), ())


@pytest.mark.parametrize(
    ("values", "value"),
    [((5.0, 4.0, 3.0), 4.0), ((0.0, 0.0, 0.0), 0.0), ((10.0, 10.0, 9.0), 29 / 3), ((5.0, None, 3.0), None)],
)
def test_peg_is_a_mean(values: tuple[float | None, ...], value: float | None) -> None:
    assert score(PEG, numbers("peg", *values)).value == (value if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("answers", "total", "bands", "positive"),
    [
        ((0, 0, 0, 0), 0, ["none"], []),
        ((1, 1, 0, 0), 2, ["none"], []),
        ((1, 2, 0, 0), 3, ["mild"], ["anxiety_positive"]),
        ((1, 1, 1, 2), 5, ["mild"], ["depression_positive"]),
        ((2, 0, 2, 2), 6, ["moderate"], ["depression_positive"]),
        ((2, 2, 2, 2), 8, ["moderate"], ["anxiety_positive", "depression_positive"]),
        ((3, 3, 3, 0), 9, ["severe"], ["anxiety_positive", "depression_positive"]),
        ((3, 3, 3, 3), 12, ["severe"], ["anxiety_positive", "depression_positive"]),
        ((3, 3, None, 0), None, [], ["anxiety_positive"]),  # the other half is missing, help is not
        ((3, None, None, None), None, [], []),
    ],
)
def test_phq4(answers: tuple[int | None, ...], total: float | None, bands: list[str], positive: list[str]) -> None:
    given = numbers("phq4", *(None if one is None else OFTEN[one] for one in answers))
    found = score(PHQ4, given)
    assert found.value == total
    assert [band.id for band in found.bands] == bands
    assert [band.id for part in found.parts for band in part.bands] == positive
    helped = bool(positive) or bands in (["moderate"], ["severe"])
    assert bool(found.help) is helped
    if helped:
        (words,) = found.help
        for needed in ("your doctor", "do not ask", "emergency number", "988", "harming yourself"):
            assert needed in words
    as_points = numbers("phq4", *answers)
    assert score(PHQ4, as_points) == found


@pytest.mark.parametrize(
    ("form", "answer"), [("peg", 11.0), ("peg", -1.0), ("peg", True), ("peg", float("nan")), ("peg", "much")]
)
def test_what_is_no_answer_is_refused(form: str, answer: float | str) -> None:
    with pytest.raises(ValueError, match="peg_pain"):
        score(FORMS[form], {"peg_pain": answer})
    with pytest.raises(ValueError, match="rmdq_1"):
        score(RMDQ, {"rmdq_1": "maybe"})
    with pytest.raises(ValueError, match="phq4_down"):
        score(PHQ4, {"phq4_down": 1.5})


@pytest.mark.parametrize(
    ("before", "now", "value", "no_room"),
    [
        (12, 7, "better", False),
        (12, 8, "within_noise", False),
        (12, 17, "worse", False),
        (12, 12, "within_noise", False),
        (4, 0, "within_noise", True),  # it could not have shown it
        (4, 9, "worse", True),
    ],
)
def test_change_of_roland_morris(before: int, now: int, value: str, *, no_room: bool) -> None:
    found = change(RMDQ, score(RMDQ, rmdq(before)), score(RMDQ, rmdq(now)))
    assert (found.value, found.no_room, found.difference) == (value, no_room, now - before)
    assert ("could not show" in found.why) is (no_room and value == "within_noise")


@pytest.mark.parametrize(
    ("before", "now", "value"),
    [
        ((10, 10, 10), (7, 7, 7), "better"),  # thirty percent
        ((10, 10, 10), (7, 7, 8), "within_noise"),
        ((2, 2, 2), (1, 1, 1), "better"),
        ((2, 2, 2), (1, 1, 2), "within_noise"),  # above thirty percent, below a point
        ((0, 0, 0), (1, 0, 0), "within_noise"),
        ((0, 0, 0), (1, 1, 1), "worse"),
        ((5, 5, None), (1, 1, 1), "unknown"),
    ],
)
def test_change_of_peg(before: tuple[float | None, ...], now: tuple[float, ...], value: str) -> None:
    assert change(PEG, score(PEG, numbers("peg", *before)), score(PEG, numbers("peg", *now))).value == value


@pytest.mark.parametrize(
    ("before", "now", "value", "items"),
    [
        ((4, 4, 4), (6, 6, 6), "better", ["within_noise"] * 3),
        ((4, 4, 4), (7, 4, 4), "within_noise", ["better", "within_noise", "within_noise"]),
        ((8, 8, 8), (5, 5, 5), "worse", ["worse"] * 3),
        ((9, 9, 9), (10, 10, 10), "within_noise", ["within_noise"] * 3),
        ((4, 4, None), (7, 7, 7), "unknown", ["better", "better"]),
    ],
)
def test_change_of_own_lifts(
    before: tuple[float | None, ...], now: tuple[float, ...], value: str, items: list[str]
) -> None:
    found = change(OWN, score(OWN, numbers("own_lifts", *before)), score(OWN, numbers("own_lifts", *now)))
    assert (found.value, [item.value for item in found.items]) == (value, items)


def test_no_change_is_claimed_where_none_is_known() -> None:
    low, high = (score(PHQ4, numbers("phq4", *[points] * 4)) for points in (0, 3))
    found = change(PHQ4, high, low)
    assert (found.value, found.difference, found.needed) == ("unknown", -12, None)
    with pytest.raises(ValueError, match="not scores of"):
        change(PEG, low, high)
