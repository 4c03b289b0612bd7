"""Whatever stands in a file, a verb ends with exit code 0, 1 or 2; a refusal is one sentence and prints nothing else.

Good files of every kind are hurt in the ways that disks, spreadsheets, editors and cut downloads hurt them, and
given to every verb that reads files.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from random import Random

import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.cli import main

ROOT = Path(__file__).parents[2]
STORY = b"""\
about: {age: 34, sex: male}
answers:
  onset: 2026-11-10
  main_lifts: [squat, deadlift]
words: numb foot
diary:
- {date: 2026-11-20, pain: 3, event: true, note: 'after squats'}
"""
STORIES = [
    (ROOT / "examples/story.yaml").read_bytes(),
    STORY,
    b'{"about": {"age": 34}, "answers": {"onset": "3 days ago", "fever": "no"}, "words": "cannot pee \\u00e9"}',
]
LOGS = [path.read_bytes() for path in sorted((ROOT / "tests/samples").glob("*.*")) if "report" not in path.name]
DIARIES = [
    (ROOT / "examples/diary.csv").read_bytes(),
    b'date;pain;sleep;event;note\n20.11.2026;3,5;7;yes;"a; b"\n21.11.2026;;;;\n',
    b"Timestamp\tPain (0-10)\n2026-11-20 10:00\t4\n",
]
CASES = b"""\
cases:
- name: a
  source: b
  today: 2026-11-20
  assumed: {gates: 'no'}
  given: {about: {age: 34}, answers: {fever: measured}}
  expected:
    triage.level: {at_least: routine}
    triage.fired: {excludes: fever}
    answers.0.number: 1
"""
PIECES = [
    b'"', b"'", b",", b";", b"\t", b"\n", b"\r\n", b"\r", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3",
    b"=1+1", b"nan", b".inf", b"1e999", b"-1", b"11", b"9" * 5000, b"0x" + b"f" * 5000, b"012", b"1:30",
    b"0001-01-01", b"9999-12-31", b"2026-13-45", b"[", b"]", b"{", b"}", b": ", b"- ", b"? ", b"&a ", b"*a", b"!x ",
    b"!!bool ", b"!!timestamp ", b"!!int ", b"<<: ", b"---\n", b"...\n", b"%YAML 9\n", b"#", b"|", b">", b"~",
    b"\\ud800", b"\\u0000", b"\x1b[31m", b"\xc2\x85", b"\xe2\x80\xa8", b"\xf0\x9f\x92\xa5", b"[" * 2000,
    b"PK\x03\x04", b"%PDF", b"sep=;\n", b"### EXERCISE LOGS ###\n", b"null", b"cases", b"expected", b"answers",
    b"fever", b"diary", b"log", b"yes", b"not_sure", "٣".encode(), "²".encode(),
]  # fmt: skip
WAYS = ["insert", "cut", "drop", "repeat", "replace", "encode"]
HURTS = st.lists(st.tuples(st.sampled_from(WAYS), st.randoms(use_true_random=False)), max_size=4)
Hurts = list[tuple[str, Random]]


def hurt(content: bytes, hurts: Hurts) -> bytes:
    for how, random in hurts:
        at, to = sorted(random.randrange(len(content) + 1) for _ in range(2))
        piece = random.choice(PIECES)
        lines = content.split(b"\n")
        line = random.randrange(len(lines))
        if how == "insert":
            content = content[:at] + piece + content[at:]
        elif how == "cut":
            content = content[:at]
        elif how == "drop":
            content = content[:at] + content[min(to, at + 40) :]
        elif how == "repeat":
            content = b"\n".join([*lines[: line + 1], *lines[line:]])
        elif how == "replace":
            head, sign, _ = lines[line].rpartition(random.choice([b":", b",", b" "]))
            content = b"\n".join([*lines[:line], head + sign + piece, *lines[line + 1 :]])
        else:
            encoding = random.choice(["utf-16", "utf-16-le", "latin-1", "utf-7"])
            content = content.decode("utf-8", "replace").encode(encoding, "replace")
    return content


def run(files: dict[str, bytes], *line: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        typed = [str(Path(folder) / word[1:]) if word.startswith("@") else word for word in line]
        result = CliRunner().invoke(main, [*typed], prog_name="liftback", catch_exceptions=False)
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    if result.exit_code == 2:
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) == 1
        assert result.stderr.startswith("liftback: ")
        assert len(result.stderr) < 1000
    else:
        assert all(told.startswith("liftback: ") and told[-1] in ".!?" for told in result.stderr.splitlines())
        assert len(result.stderr.splitlines()) <= 16
        if "json" in line:
            json.loads(result.stdout)


FEW = settings(max_examples=25, deadline=None, derandomize=True)
TODAY = ("--today", "2026-11-23")
FORMATS = st.sampled_from(["text", "json", "markdown", "html"])
GOOD = b"about: {age: 34}\nanswers: {onset: 2026-11-10}\n"


@FEW
@given(st.sampled_from(STORIES), HURTS, FORMATS)
def test_a_hurt_story(story: bytes, hurts: Hurts, output: str) -> None:
    # The sample story names a log and a diary; here they are good ones beside it.
    files = {"s.yaml": hurt(story, hurts), "strong.csv": LOGS[0], "diary.csv": DIARIES[0]}
    run(files, "assess", "@s.yaml", "--format", output, *TODAY)
    run(files, "explain", "@s.yaml", "answer 3", *TODAY)


@FEW
@given(st.sampled_from(LOGS), HURTS, FORMATS)
def test_a_hurt_log(log: bytes, hurts: Hurts, output: str) -> None:
    files = {"s.yaml": GOOD, "log": hurt(log, hurts)}
    run(files, "import", "@log", "--format", "json" if output == "json" else "text", *TODAY)
    run(files, "assess", "@s.yaml", "--log", "@log", "--format", output, *TODAY)


@FEW
@given(st.sampled_from(DIARIES), HURTS, FORMATS)
def test_a_hurt_diary(diary: bytes, hurts: Hurts, output: str) -> None:
    run({"s.yaml": GOOD, "d": hurt(diary, hurts)}, "assess", "@s.yaml", "--diary", "@d", "--format", output, *TODAY)


@FEW
@given(HURTS)
def test_a_hurt_case_file(hurts: Hurts) -> None:
    run({"c.yaml": hurt(CASES, hurts)}, "check", "@c.yaml")


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


@FEW
@given(
    st.fixed_dictionaries(
        {"name": TREES, "source": TREES, "today": st.dates(), "expected": st.dictionaries(TREES.map(str), TREES)},
        optional={
            "given": st.dictionaries(st.sampled_from(["about", "answers", "words", "log", "diary"]), TREES),
            "assumed": TREES,
        },
    )
)
def test_any_tree_in_the_shape_of_a_case(case: dict[str, object]) -> None:
    run({"c.yaml": yaml.safe_dump({"cases": [case]}).encode()}, "check", "@c.yaml")


@FEW
@given(
    st.lists(
        st.text(max_size=12) | st.sampled_from(["back", "why", "none", "1", "2", "1, 2", "?", "no", "skip"]),
        max_size=60,
    )
)
def test_hostile_typing_in_an_interview_leaves_a_story_that_can_be_read(typed: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder) / "story.yaml"
        lines = "\n".join(["34", "2", "1", *typed, ""])
        asked = CliRunner().invoke(main, ["ask", "--out", str(story), *TODAY], input=lines, catch_exceptions=False)
        assert asked.exit_code in (0, 130)
        again = CliRunner().invoke(main, ["assess", str(story), *TODAY], catch_exceptions=False)
        assert again.exit_code == 0, again.stderr
        resumed = CliRunner().invoke(
            main, ["ask", "--resume", str(story), *TODAY], input="stop\n", catch_exceptions=False
        )
        assert resumed.exit_code in (0, 130)
