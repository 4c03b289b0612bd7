"""`liftback ask` as a lifter meets it: plain lines, saved after every answer, nothing lost on Ctrl-C."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from liftback.cli import ask as module
from liftback.cli.ask import ask, write_whole
from liftback.knowledge.loader import load_knowledge

WHO = ["34", "2", "1"]
QUIET_GATES = ["none"] * len({question.screen for question in load_knowledge().questions.values() if question.gate})


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(lines: list[str], *options: str) -> Result:
    return CliRunner().invoke(ask, ["--today", "2026-11-23", *options], input="\n".join([*lines, ""]))


def saved(name: str = "story.yaml") -> Any:
    return yaml.safe_load(Path(name).read_text(encoding="utf-8"))


def test_it_shows_progress_numbers_the_choices_and_fits_80_columns() -> None:
    result = run([*WHO, "skip", "stop"])
    assert result.exit_code == 0
    assert f"Question 1; about {len(QUIET_GATES) + 3} more to your first answer" in result.output
    assert "  2  Male" in result.output
    assert max(len(line) for line in result.output.splitlines()) <= 80
    assert "\x1b" not in result.output


@pytest.mark.parametrize("columns", [46, 60])
def test_on_a_phone_no_line_is_longer_than_the_screen(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run([*WHO, "skip", "3", "2", "back", "1", *QUIET_GATES, "2 weeks ago", *["skip"] * 12, "stop"])
    commands = [line for line in result.output.splitlines() if line.startswith("  liftback")]
    assert max(len(line) for line in result.output.splitlines() if line not in commands) <= columns


def test_skipped_warning_signs_say_no_first_steps_under_the_bar() -> None:
    result = run([*WHO, "skip", *["skip"] * 60])
    told = result.output[result.output.index("YOUR FIRST ANSWER") :]
    assert "If it happened today" not in told


def test_stop_saves_and_says_how_to_go_on() -> None:
    result = run([*WHO, "felt a pop", "stop"])
    assert "liftback ask --resume story.yaml" in result.output
    assert "liftback assess story.yaml" in result.output
    assert saved()["about"] == {"age": 34, "sex": "male", "contact": "first"}
    assert saved()["words"] == "felt a pop"


def test_the_first_answer_comes_right_after_the_warning_signs() -> None:
    result = run([*WHO, "skip", *QUIET_GATES, "stop"])
    told = result.output[result.output.index("YOUR FIRST ANSWER") : result.output.index("When did this pain begin?")]
    headings = ("\nIf it happened today\n", "\nDo this\n", "\nDo not\n", "\nGet help when", "\nWhen:", "\nWhere:")
    assert [told.index(heading) for heading in headings] == sorted(told.index(heading) for heading in headings)
    assert "leave the bar" in told
    assert saved()["answers"] == dict.fromkeys(load_knowledge().gate_questions, "no")


def test_an_emergency_says_at_once_what_to_do_say_and_not_do() -> None:
    result = run([*WHO, "skip", "3", "2", ""])
    assert result.exit_code == 0
    told = result.output[result.output.index("STOP.") :]
    places = [told.index(heading) for heading in ("DO THIS NOW", "SAY THIS", "DO NOT", "BECAUSE")]
    assert places == sorted(places)
    assert "When did this pain begin?" not in result.output
    assert saved()["answers"]["saddle_numbness"] == "new_numbness"


def test_an_emergency_by_a_slip_can_be_taken_back() -> None:
    result = run([*WHO, "skip", "3", "2", "back", "1", "stop"])
    assert result.output.count("STOP.") == 1
    assert saved()["answers"]["saddle_numbness"] == "no"


def test_back_takes_the_last_answer_back_in_the_file_too() -> None:
    result = run(["34", "back", "35", "stop"])
    assert "Taken back." in result.output
    assert saved()["about"] == {"age": 35}


def test_back_at_the_first_question_is_told() -> None:
    assert "nothing to take back" in run(["back", "stop"]).output


@pytest.mark.parametrize(("typed", "says"), [("130", "from 10 to 110"), ("", "or skip"), ("young", "one number")])
def test_an_answer_that_cannot_be_read_is_asked_again(typed: str, says: str) -> None:
    result = run([typed, "34", "stop"])
    assert says in " ".join(result.output.split())
    assert saved()["about"] == {"age": 34}


def test_why_is_answered_and_the_question_stays() -> None:
    result = run(["why", "34", *WHO[1:], "why", "skip", "why", "stop"])
    assert "They never clear one." in " ".join(result.output.split())
    assert "it does not say that you have it" in " ".join(result.output.split())
    assert saved()["about"]["age"] == 34


def test_the_end_of_input_keeps_what_was_answered() -> None:
    result = run(["34"])
    assert result.exit_code == 130
    assert "--resume story.yaml" in result.output
    assert saved()["about"] == {"age": 34}


def test_stopping_before_any_answer_writes_nothing() -> None:
    assert "nothing was saved" in run([]).output
    assert "nothing was saved" in run(["stop"]).output
    assert not Path("story.yaml").exists()


def test_resume_goes_on_at_the_next_question() -> None:
    run([*WHO, "skip", "none", "stop"])
    result = run([*["none"] * (len(QUIET_GATES) - 1), "2 weeks ago", "stop"], "--resume", "story.yaml")
    assert "How old are you?" not in result.output
    assert str(saved()["answers"]["onset"]) == "2026-11-09"


def test_a_story_that_is_there_is_not_written_over() -> None:
    Path("story.yaml").write_text("mine", encoding="utf-8")
    result = run(["34"])
    assert result.exit_code == 2
    assert "--resume story.yaml" in result.output
    assert Path("story.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("options", [("--resume", "none.yaml"), ("--out", "no/folder/story.yaml")])
def test_a_file_that_cannot_be_is_one_sentence_and_exit_2(options: tuple[str, str]) -> None:
    result = run([], *options)
    assert result.exit_code == 2
    assert "There is no" in result.output
    assert "Traceback" not in result.output


def test_resuming_a_broken_story_is_one_sentence_and_exit_2() -> None:
    Path("broken.yaml").write_text("answers: {age: [", encoding="utf-8")
    result = run([], "--resume", "broken.yaml")
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1


def test_the_whole_way_ends_with_log_diary_and_the_line_to_type() -> None:
    Path("strong.csv").write_text("Date", encoding="utf-8")
    run([*WHO, "skip", *QUIET_GATES, "2 weeks ago"])
    result = run([*["skip"] * 60, "nowhere.csv", "strong.csv", ""], "--resume", "story.yaml", "--out", "two.yaml")
    # The skips that were left over are taken as "no file" by the two last prompts.
    assert "That was the last question." in result.output
    assert "liftback assess two.yaml" in result.output


def test_a_log_is_kept_as_seen_from_the_story() -> None:
    Path("logs").mkdir()
    Path("logs/strong.csv").write_text("Date", encoding="utf-8")
    Path("stories").mkdir()
    conversation = module.Conversation(Path("stories/story.yaml"), date(2026, 11, 23))
    with CliRunner().isolation(input="nowhere.csv\nlogs/strong.csv\n\n"):
        conversation._finish()
    assert saved("stories/story.yaml")["log"] == "../logs/strong.csv"


def test_a_file_is_written_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    target = Path("story.yaml").resolve()
    write_whole(target, "first")

    def torn(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", torn)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, "second")
    assert target.read_text(encoding="utf-8") == "first"
    assert [path.name for path in target.parent.iterdir()] == ["story.yaml"]


def test_no_room_on_the_disk_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(_target: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_whole", torn)
    result = run(["34"])
    assert result.exit_code == 2
    assert "cannot be written: No space left on device" in result.output


def test_a_diary_inside_a_resumed_story_is_kept() -> None:
    days = "diary:\n- {date: 2026-11-20, pain: 3.5, event: true, note: squats}\n- {date: 2026-11-21, pain: 2}\n"
    Path("story.yaml").write_text("about: {age: 34}\n" + days, encoding="utf-8")
    run(["2", "1", "stop"], "--resume", "story.yaml")
    assert saved()["about"] == {"age": 34, "sex": "male", "contact": "first"}
    assert saved()["diary"] == yaml.safe_load(days)["diary"]


def test_another_story_is_not_written_over_when_one_is_resumed() -> None:
    Path("mine.yaml").write_text("about: {age: 34}\n", encoding="utf-8")
    Path("other.yaml").write_text("other", encoding="utf-8")
    result = run(["2"], "--resume", "mine.yaml", "--out", "other.yaml")
    assert result.exit_code == 2
    assert "other.yaml is already there" in result.stderr
    assert Path("other.yaml").read_text(encoding="utf-8") == "other"


def test_a_story_behind_a_link_stays_behind_it() -> None:
    Path("story.yaml").write_text("about: {age: 34}\n", encoding="utf-8")
    Path("link.yaml").symlink_to("story.yaml")
    run(["2", "stop"], "--resume", "link.yaml")
    assert Path("link.yaml").is_symlink()
    assert saved()["about"]["sex"] == "male"


def test_words_that_no_story_could_hold_are_asked_for_again() -> None:
    result = run([*WHO, "a" * 20_001, "felt a pop", "stop"])
    assert "more than 20,000 letters" in " ".join(result.output.split())
    assert saved()["words"] == "felt a pop"


@pytest.mark.parametrize("typed", ["~no-one-here/x.csv", "x" * 5000, "a\x00b"])
def test_a_log_that_cannot_be_a_file_is_asked_for_again(typed: str) -> None:
    conversation = module.Conversation(Path("story.yaml"), date(2026, 11, 23))
    with CliRunner().isolation(input=f"{typed}\n\n\n") as (told, *_):
        conversation._finish()
        assert b"There is no file" in told.getvalue()


def test_a_name_that_is_too_long_for_a_story_is_one_sentence() -> None:
    result = run([], "--out", "x" * 5000)
    assert result.exit_code == 2
    assert result.stderr.endswith("cannot be written: File name too long; name another file (--out FILE).\n")


def test_no_room_on_the_disk_says_that_the_answers_so_far_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    run(["34", "stop"])

    def torn(_target: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_whole", torn)
    result = run(["2"], "--resume", "story.yaml")
    assert result.exit_code == 2
    assert "No space left on device. The answers before this one are kept in it." in result.stderr
    assert saved()["about"] == {"age": 34}
