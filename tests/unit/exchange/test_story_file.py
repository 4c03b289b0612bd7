"""What a story file may hold, and the one sentence that each bad one gets."""

from __future__ import annotations

from datetime import date

import pytest

from liftback.exchange.story_file import StoryError, read_story
from liftback.exchange.story_writing import story_yaml
from liftback.facts.values import Known, Unknown
from liftback.knowledge.loader import load_knowledge

TODAY = date(2026, 11, 20)
KNOWLEDGE = load_knowledge()


def story(text: str | bytes):  # type: ignore[no-untyped-def]
    content = text.encode() if isinstance(text, str) else text
    return read_story(content, KNOWLEDGE, today=TODAY)


GOOD = "about:\n  age: 34\nanswers:\n  onset: 2026-11-10\n  bladder_change: no\n  main_lifts: [squat, deadlift]\n"


def test_yaml_and_json_say_the_same() -> None:
    as_json = (
        '{"about": {"age": 34}, "answers": {"onset": "2026-11-10", "bladder_change": "no", '
        '"main_lifts": ["squat", "deadlift"]}}'
    )
    assert story(GOOD).answers == story(as_json).answers
    assert story(GOOD).answers["bladder_change"] == Known(value="no", source="answer", when=TODAY)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content.decode().encode("utf-16"),
    ],
    ids=["with a byte-order mark", "with Windows line ends", "in UTF-16"],
)
def test_the_ways_editors_save_a_file_are_all_read(change) -> None:  # type: ignore[no-untyped-def]
    assert story(change(GOOD.encode())).answers == story(GOOD).answers


def test_not_sure_and_nothing_stay_unknown() -> None:
    answers = story("answers: {bladder_change: not_sure, onset: , leg_weakness: '?'}").answers
    assert all(isinstance(answers[name], Unknown) for name in ("bladder_change", "onset", "leg_weakness"))


def test_a_diary_can_be_written_inside() -> None:
    told = story("diary:\n  - {date: 2026-11-02, pain: 3}\n  - {date: 2026-11-01, pain: 5, sleep: 4}\n")
    assert [(day.day.day, day.pain, day.sleep) for day in told.diary.days] == [(1, 5.0, 4.0), (2, 3.0, None)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The story file is empty; `liftback ask` writes one with you, question by question."),
        ("- a\n", "The story must hold named parts such as `about:` and `answers:`; see examples/story.yaml."),
        ("abuot: {}", "The story has a part 'abuot', which we do not know; did you mean 'about'?"),
        (
            "answers: {bladder_chnge: no}",
            (
                "In `answers`: there is no question 'bladder_chnge'; did you mean 'bladder_change'? "
                "`liftback questions` lists all."
            ),
        ),
        ("answers: [1]", "`answers` must hold lines like `question: answer`; found '[1]'."),
        ("answers: {age: 5}\nabout: {age: 5}", None),
        ("answers: {age: 0}", None),
        ("answers: {age: 130}", None),
        ("answers: {onset: 2027-01-01}", None),
        ("answers: {fever: purple}", None),
        ("words: [1]", "`words` must be text; found '[1]'."),
        ("log: 3", "`log` must be the path of a file; found '3'."),
        ("diary: 3", "`diary` must be the path of a CSV file or a list of days; found '3'."),
        ("diary: [3]", "In `diary`, day 1 must be a line like {date: 2026-11-01, pain: 3}."),
        (
            "answers:\n  fever: no\n  fever: no\n",
            "In the story 'fever' is written twice, at lines 2 and 3; keep one.",
        ),
        ("about: &a {age: 34}\nanswers: *a", "The story uses a YAML alias (*a); please write the value out."),
        (
            "answers: " + "[" * 40 + "]" * 40,
            "The story is nested deeper than 10 levels at line 1; please write it flat.",
        ),
    ],
)
def test_a_bad_story_gets_one_clear_sentence(text: str, sentence: str | None) -> None:
    with pytest.raises(StoryError) as refused:
        story(text)
    said = str(refused.value)
    assert "\n" not in said
    assert said[-1] in ".?", said
    if sentence is not None:
        assert said == sentence


def test_broken_yaml_is_told_with_its_place() -> None:
    with pytest.raises(StoryError, match="not readable as YAML at line 3"):
        story("answers:\n  fever: [no\n")


def test_a_binary_file_is_refused_as_such() -> None:
    with pytest.raises(StoryError, match="is a picture, not a text file"):
        story(b"\x89PNG\r\n\x1a\n\x00\xff\xfe\xfd")
    with pytest.raises(StoryError, match="not a text file"):
        story(b"about:\x00")


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(StoryError, match="1,000,009 bytes"):
        story(b"words: " + b"a" * 1_000_001 + b"\n")


def test_a_story_with_a_diary_is_written_and_read_back_as_it_was() -> None:
    told = story(
        "about: {age: 34}\nwords: numb\ndiary:\n- {date: 2026-11-02, pain: 3.5, event: true, note: 'a: b'}\n"
        "- {date: 2026-11-03, pain: 2, sleep: 6, stress: 4, lift_pain: 1}\n- {date: 2026-11-04}\n"
    )
    assert story(story_yaml(told, KNOWLEDGE)) == told


def test_a_line_break_in_a_note_does_not_move_the_days_behind_it() -> None:
    with pytest.raises(StoryError, match="In `diary`, day 2 of the list: pain 11 is not between 0 and 10"):
        story('diary:\n- {date: 2026-11-02, pain: 3, note: "a\\nb\\nc"}\n- {date: 2026-11-03, pain: 11}\n')
