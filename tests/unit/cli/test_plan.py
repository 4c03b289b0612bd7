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
from liftback.plans.parts import Plan
from tests.unit.exchange.planned_week import BEGUN, held, planned

TODAY = ("--today", "2026-12-02")
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
        return f"signed by {given['signed']}"

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
    assert "flare from 2026-12-01, signed by A. Therapist" in told


def test_a_held_plan_comes_before_a_flare_and_says_why_there_is_nothing_to_fill_in(verbs: Verbs) -> None:
    verbs.plan = held()
    result = good("--flare", "2026-12-01", "--format", "exposures")
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


def test_a_plan_that_is_held_from_its_first_day_records_nothing(verbs: Verbs) -> None:
    verbs.plan = held()
    result = good("--next", put(HEADER + "2026-11-26,Deadlift,1\n"))
    assert [name for name, _ in verbs.calls] == ["make_plan", "next_week"]
    assert "there is no plan to record it in, so all its lines wait." in result.stderr


def test_a_table_not_filled_in_yet_begins_today(verbs: Verbs) -> None:
    result = good("--next", put(HEADER))
    assert verbs.given("make_plan")["begun"] == date(2026, 12, 2)
    assert "has a header but no lines yet" in result.stderr


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
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(line: tuple[str, ...], sentence: str) -> None:
    assert refused(*line, *TODAY) == sentence


@pytest.mark.parametrize(
    "row", ["2026-11-26,Deadlfit,numb", "2027-11-26,Deadlift,further", "2026-11-26,Bench Press,numb"]
)
def test_no_plan_is_made_without_a_line_that_tells_of_a_leg(row: str) -> None:
    rows = f"date,lift,leg\n2026-11-25,Deadlift,no\n{row}\n"
    assert "line 3 tells of something new in a leg" in refused("story.yaml", "--next", put(rows), *TODAY)


@pytest.mark.parametrize("content", ["", "hello", "date,lift\nx,y\n", "\x00\x01", "PK\x03\x04"])
def test_a_file_that_holds_no_exposures_is_refused(content: str) -> None:
    assert refused("story.yaml", "--next", put(content), *TODAY).startswith("done.csv: ")


def test_another_format_is_refused_with_the_choices() -> None:
    assert "'text', 'json', 'html', 'ics', 'exposures'" in refused("story.yaml", "--format", "pdf")


def test_help_fits_a_screen() -> None:
    told = run("--help").stdout
    assert len(told.splitlines()) <= 30
    assert "  liftback plan" in told.partition("Examples:")[2]
