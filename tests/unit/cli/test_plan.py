"""`liftback plan` as a person types it; the verbs behind it are stand-ins that note what they were given."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from liftback import operations
from liftback.cli import main
from liftback.exchange.exposure_file import ExposureError, exposures_template, read_exposures
from liftback.exchange.plan_calendar import plan_calendar
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.operations import planning
from liftback.plans.parts import Plan
from tests.unit.exchange.planned_week import BEGUN, held, planned

TODAY = ("--today", "2026-12-02")
EXAMPLES = Path(__file__).parents[3] / "examples"
HEADER = "date,lift,during\n"


class NotInPlanError(ValueError):
    """The stand-in for the error of an exposure that the plan cannot take."""


class Verbs:
    """Stand-ins for the verbs of a plan."""

    def __init__(self) -> None:
        self.plan = planned()
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def given(self, verb: str) -> dict[str, Any]:
        (found,) = [given for name, given in self.calls if name == verb]
        return found

    def make_plan(self, **given: Any) -> Plan:
        self.calls.append(("make_plan", given))
        return replace(self.plan, begun=given["begun"] or given["today"])

    def record_exposure(self, *, plan: Plan, done: Any) -> Plan:
        if done.lift == "Bench Press":
            raise NotInPlanError("Bench Press is parked.")
        self.calls.append(("record_exposure", {"lift": done.lift, "day": done.day}))
        return plan

    def next_week(self, **given: Any) -> Plan:
        self.calls.append(("next_week", given))
        before: Plan = given["plan"]
        return replace(before, week=2, today=given["today"])

    def read_exposures(self, *, content: bytes, today: date, date_order: str | None) -> Any:
        return read_exposures(content, plan_knowledge(load_knowledge()), today=today, date_order=date_order)

    def flare(self, **given: Any) -> str:
        self.calls.append(("flare", given))
        return f"flare from {given['begun']}"

    def clearance(self, **given: Any) -> str:
        self.calls.append(("clearance", given))
        return f"signed by {given['signed'].by} {given['signed'].name}"

    def render_plan(self, *, plan: Plan, output: str, full: bool, **_: Any) -> str:
        return f"{output} of week {plan.week}, {plan.flare}, {plan.clearance}, full={full}\n"

    def plan_json(self, *, plan: Plan) -> Any:
        return {"week": plan.week, "begun": plan.begun.isoformat()}

    def plan_calendar(self, *, plan: Plan) -> str:
        return plan_calendar(plan)

    def exposures_template(self, *, plan: Plan) -> str:
        return exposures_template(plan)


@pytest.fixture(autouse=True)
def verbs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Verbs:
    monkeypatch.chdir(tmp_path)
    Path("story.yaml").write_text("about: {age: 34}\nanswers: {onset: 2026-11-10}\n", encoding="utf-8")
    stand_ins = Verbs()
    for name in (name for name in dir(Verbs) if not name.startswith("_") and name not in ("given", "calls")):
        monkeypatch.setattr(operations, name, getattr(stand_ins, name), raising=False)
    monkeypatch.setattr(operations, "PlanError", NotInPlanError, raising=False)
    monkeypatch.setattr(operations, "ExposureError", ExposureError, raising=False)
    return stand_ins


def run(*line: str) -> Result:
    return CliRunner().invoke(main, ["plan", *line], prog_name="liftback")


def good(*line: str) -> Result:
    result = run("story.yaml", *TODAY, *line)
    assert result.exit_code == 0, (result.output, result.exception)
    return result


def refused(*line: str) -> str:
    """The one sentence of a refusal."""
    result = run(*line)
    assert (result.exit_code, result.stdout) == (2, "")
    said = result.stderr.rstrip("\n")
    assert "\n" not in said
    assert said.startswith("liftback: ")
    return said.removeprefix("liftback: ")


def put(text: str, name: str = "done.csv") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


# --- the first plan -----------------------------------------------------------------------------------------------


def test_a_plan_is_made_of_story_log_and_diary(verbs: Verbs) -> None:
    put("date,pain\n2026-11-20,3\n", "diary.csv")
    assert good("--diary", "diary.csv", "--full").stdout == "text of week 1, None, None, full=True\n"
    given = verbs.given("make_plan")
    assert (given["today"], given["begun"], given["log"]) == (date(2026, 12, 2), None, None)
    assert [day.pain for day in given["diary"].days] == [3.0]


def test_every_form_is_printed(verbs: Verbs) -> None:
    assert json.loads(good("--format", "json", "--begun", "2026-11-25").stdout) == {"week": 1, "begun": "2026-11-25"}
    assert good("--format", "html").stdout.startswith("html of week 1")
    assert good("--format", "ics", "--begun", "2026-11-25").stdout_bytes == plan_calendar(planned()).encode()
    assert good("--format", "exposures").stdout_bytes == exposures_template(planned()).encode()


def test_a_flare_and_a_signature_are_added(verbs: Verbs) -> None:
    told = good("--flare", "2026-12-01", "--signed", " A.  Therapist ").stdout
    assert "flare from 2026-12-01, signed by therapist A. Therapist" in told
    assert verbs.given("make_plan")["flare_begun"] == date(2026, 12, 1), "the week itself is lowered"
    good("--next", put(HEADER + "2026-11-26,Deadlift,1\n"), "--flare", "2026-12-01")
    assert verbs.given("next_week")["flare_begun"] == date(2026, 12, 1)
    assert "signed by lifter Sam" in good("--declared", "Sam").stdout


def test_a_held_plan_comes_before_a_flare_and_says_why_there_is_nothing_to_fill_in(verbs: Verbs) -> None:
    verbs.plan = held()
    result = good("--flare", "2026-12-01", "--signed", "A. Therapist", "--format", "exposures")
    assert [name for name, _ in verbs.calls] == ["make_plan"]
    assert result.stderr.splitlines() == [
        "liftback: Your plan is held, so --flare and --signed wait until you have been seen.",
        "liftback: Your plan is held, so there is nothing to fill in; `liftback plan` with your story says why.",
    ]


# --- the next week ------------------------------------------------------------------------------------------------


def test_the_next_week_begins_with_the_first_day_done(verbs: Verbs) -> None:
    done = put(HEADER + "2026-11-28,deadlift,2\n2026-11-25, DEADLIFT ,1\n")
    result = good("--next", done, "--asked-again", "2026-12-01")
    assert result.stdout.startswith("text of week 2")
    assert result.stderr == ""
    first, *records, following = verbs.calls
    assert (first[1]["today"], first[1]["begun"]) == (BEGUN, BEGUN)
    assert [one["day"].day for _, one in records] == [25, 28]
    assert {one["lift"] for _, one in records} == {"Deadlift"}
    assert (following[1]["today"], following[1]["asked_again"]) == (date(2026, 12, 2), date(2026, 12, 1))


def test_the_table_that_is_printed_is_taken_back(verbs: Verbs) -> None:
    table = good("--format", "exposures").stdout.replace(",trap_bar_deadlift,,", ",trap_bar_deadlift,yes,")
    result = good("--next", put(table))
    assert [name for name, _ in verbs.calls].count("record_exposure") == 2
    assert "taken as not done yet: line 3" in result.stderr


def test_what_the_plan_cannot_take_is_told_with_its_line_and_the_rest_is_used(verbs: Verbs) -> None:
    rows = (
        "2026-11-24,Deadlift,1\n2026-11-26,Deadlfit,1\n2026-11-27,Bench press,1\n2026-11-28,Curl,1\n"
        "2026-11-29,Deadlift,1\n"
    )
    result = good("--next", put(HEADER + rows), "--begun", "2026-11-25")
    assert [one["day"].day for name, one in verbs.calls if name == "record_exposure"] == [29]
    left = "liftback: done.csv, line {} is left out"
    has = "It has Deadlift, Bench Press."
    assert result.stderr.splitlines() == [
        f"{left.format(2)}: 2026-11-24 is before the plan began on 2026-11-25; --begun gives another day.",
        f"{left.format(3)}: 'Deadlfit' is not in your plan; did you mean Deadlift? {has}",
        f"{left.format(4)}: Bench Press is parked.",
        f"{left.format(5)}: 'Curl' is not in your plan. {has}",
    ]


def test_lines_with_faults_are_told_and_what_can_be_read_is_used(verbs: Verbs) -> None:
    result = good("--next", put(HEADER + "2026-11-26,Deadlift,12\n2027-01-01,Deadlift,1\n2026-11-27,Deadlift,1\n"))
    assert [name for name, _ in verbs.calls].count("record_exposure") == 2
    assert "line 2: during: '12' is not an answer we can use; give one number from 0 to 10; the rest" in result.stderr
    assert "line 3: 2027-01-01 is in the future; the plan does not know of this line." in result.stderr


def test_many_faults_are_told_in_a_few_lines(verbs: Verbs) -> None:
    rows = "".join(f"2026-11-26,Lift {number},{number}\n" for number in range(40))
    told = good("--next", put(HEADER + rows)).stderr.splitlines()
    assert len(told) == 13
    assert "24 more lines have faults." in told[5]
    assert "35 more lines are left out" in told[-1]


def test_a_plan_that_is_held_from_its_first_day_keeps_what_is_told(verbs: Verbs) -> None:
    verbs.plan = held()
    result = good("--next", put(HEADER + "2026-11-26,Deadlift,1\n"))
    assert [name for name, _ in verbs.calls] == ["make_plan", "record_exposure", "next_week"]
    assert "there is no plan yet, so its lines are kept for when there is one." in result.stderr


def test_a_table_not_filled_in_yet_begins_today(verbs: Verbs) -> None:
    result = good("--next", put(HEADER))
    assert verbs.given("make_plan")["begun"] == date(2026, 12, 2)
    assert "has a header but no lines yet" in result.stderr


# --- the criteria of clearance, with the verbs themselves ----------------------------------------------------------

CRITERIA = """\
date: 2026-11-22
bends_fully: yes
nerve_signs_now: no
lifts:
  deadlift (barbell): {confidence: 8, function: 9}
"""
STRAIN = "forms:\n  phq4: {phq4_nervous: Nearly every day, phq4_worrying: 2, phq4_down: not sure}\n"


def cleared(monkeypatch: pytest.MonkeyPatch, *line: str, criteria: str = CRITERIA) -> tuple[dict[str, Any], str]:
    """The clearance of the sample lifter's plan as JSON, and what was told beside it."""
    for name in ("make_plan", "clearance", "plan_json", "next_week", "render_plan"):
        monkeypatch.setattr(operations, name, getattr(planning, name))
    story, log = str(EXAMPLES / "story.yaml"), str(EXAMPLES / "strong.csv")
    put(criteria, "criteria.yaml")
    given = ("--criteria", "criteria.yaml", "--format", "json", "--today", "2026-11-23", "--unit", "kg")
    result = run(story, "--log", log, *given, *line)
    assert result.exit_code == 0, (result.output, result.exception)
    found: dict[str, Any] = json.loads(result.stdout)["clearance"]
    return found, result.stderr


def still_open(found: dict[str, Any], lift: str) -> set[str]:
    return {one["id"] for one in found["open"] if one["lift"] == lift}


def test_what_is_told_of_the_criteria_is_counted_for_its_own_lift(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = cleared(monkeypatch)
    answered = {f"{stage}_confidence" for stage in ("train", "heavy", "unrestricted")} | {"unrestricted_function"}
    assert not answered & still_open(found, "Deadlift (Barbell)")
    assert answered <= still_open(found, "Bent Over Row (Barbell)")
    assert {"heavy_flare_plan"} <= still_open(found, "")
    assert not {"unrestricted_range", "heavy_nerve"} & still_open(found, "")
    assert (found["value"], found["cleared"], found["signature"]) == ("open", False, None)


def test_a_signature_over_open_criteria_is_shown_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = cleared(monkeypatch, "--signed", "Ada Ruiz")
    assert (found["value"], found["cleared"]) == ("signed_with_open", False)
    assert found["signature"] == {"by": "therapist", "name": "Ada Ruiz", "day": "2026-11-23"}
    (said,) = found["headline"]
    assert "Ada Ruiz signed as therapist on 2026-11-23, with these criteria open: Pain during the lift;" in said["text"]


def test_a_declaration_over_open_criteria_is_kept_and_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = cleared(monkeypatch, "--declared", "Sam")
    assert (found["value"], found["cleared"], found["signature"]["by"]) == ("open", False, "lifter")
    assert "Sam declared it on 2026-11-23. We keep that, and we do not call it cleared" in found["headline"][1]["text"]


def test_a_questionnaire_among_the_criteria_names_help_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    _, told = cleared(monkeypatch, criteria=CRITERIA + STRAIN)
    last = told.splitlines()[-1]
    assert last.startswith("liftback: PHQ-4: no score, because 2 of 4 questions have no answer. The two questions")
    assert last.endswith("If you do, call your local emergency number now; in the United States you can also call "
                         "or text 988, at any hour.")  # fmt: skip


def test_help_is_named_for_a_held_plan_and_a_refused_one_too(verbs: Verbs) -> None:
    put(STRAIN, "criteria.yaml")
    rest = ("--criteria", "criteria.yaml", *TODAY)
    assert "call or text 988" in run("story.yaml", *rest, "--next", "none.csv").stderr
    verbs.plan = held()
    told = good(*rest).stderr.splitlines()
    assert told[0] == "liftback: Your plan is held, so --criteria waits until you have been seen."
    assert "call or text 988" in told[1]


def test_the_next_week_is_told_and_its_first_day_is_not(verbs: Verbs) -> None:
    put(CRITERIA, "criteria.yaml")
    good("--criteria", "criteria.yaml", "--next", put(HEADER + "2026-11-25,Deadlift,1\n"))
    assert verbs.given("make_plan").get("told") is None
    assert verbs.given("next_week")["told"].value("bends_fully") == "yes"


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ("bend_fully: yes", "has a line 'bend_fully', which we do not know; did you mean bends_fully? It takes date"),
        ("date: 2026-12-20", "`date`: 2026-12-20 lies after 2026-12-02; give the day on which you answered."),
        ("lifts: {Dedlift (Barbell): {function: 9}}", "is not in your plan; did you mean Deadlift (Barbell)? It has"),
    ],
)
def test_criteria_that_cannot_be_used_are_refused(
    monkeypatch: pytest.MonkeyPatch, criteria: str, sentence: str
) -> None:
    monkeypatch.setattr(operations, "make_plan", planning.make_plan)
    put(criteria, "criteria.yaml")
    given = (str(EXAMPLES / "story.yaml"), "--log", str(EXAMPLES / "strong.csv"), "--unit", "kg", *TODAY)
    told = refused(*given, "--criteria", "criteria.yaml")
    assert told.startswith("criteria.yaml: ")
    assert sentence in told


# --- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ((), "plan needs your story, such as: liftback plan story.yaml; `liftback ask` writes one with you."),
        (
            ("--next", "done.csv"),
            (
                "plan --next needs your story as well, such as: liftback plan story.yaml --next done.csv; "
                "`liftback ask` writes one with you."
            ),
        ),
        (("story.yaml", "--next", "none.csv"), "There is no file none.csv; check the name and the folder."),
        (("story.yaml", "--begun", "2026-12-03"), "--begun 2026-12-03 lies after 2026-12-02; give a day up to then."),
        (("story.yaml", "--flare", "2026-12-03"), "--flare 2026-12-03 lies after 2026-12-02; give a day up to then."),
        (
            ("story.yaml", "--asked-again", "2026-12-01"),
            "--asked-again goes with --next: a first plan reads the warning signs from the story itself.",
        ),
        (
            ("story.yaml", "--signed", " "),
            '--signed needs a name, such as --signed "A. Therapist"; leave it out where nobody signed.',
        ),
        (
            ("story.yaml", "--declared", " "),
            '--declared needs your name, such as --declared "Sam"; leave it out where you do not declare it.',
        ),
        (
            ("story.yaml", "--declared", "Sam", "--signed", "A. Therapist"),
            "--signed and --declared are two signatures under one clearance; keep one of them.",
        ),
        (("story.yaml", "--criteria", "none.yaml"), "There is no file none.yaml; check the name and the folder."),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(line: tuple[str, ...], sentence: str) -> None:
    assert refused(*line, *TODAY) == sentence


@pytest.mark.parametrize(
    "row", ["2026-11-26,Deadlfit,numb", "2027-11-26,Deadlift,further", "2026-11-26,Bench Press,numb"]
)
def test_no_plan_is_made_without_a_line_that_tells_of_a_leg(row: str) -> None:
    rows = f"date,lift,leg\n2026-11-25,Deadlift,no\n{row}\n"
    assert "line 3 tells of what may be a warning sign" in refused("story.yaml", "--next", put(rows), *TODAY)


@pytest.mark.parametrize("content", ["", "hello", "date,lift\nx,y\n", "\x00\x01", "PK\x03\x04"])
def test_a_file_that_holds_no_exposures_is_refused(content: str) -> None:
    assert refused("story.yaml", "--next", put(content), *TODAY).startswith("done.csv: ")


def test_another_format_is_refused_with_the_choices() -> None:
    assert "'text', 'json', 'html', 'ics', 'exposures'" in refused("story.yaml", "--format", "pdf")


def test_help_fits_a_screen() -> None:
    told = run("--help").stdout
    assert len(told.splitlines()) <= 30
    assert "  liftback plan" in told.partition("Examples:")[2]
