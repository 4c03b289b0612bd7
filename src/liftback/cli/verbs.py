"""The verbs that read files and print: assess, explain, import, questions, check. `ask` has its own module."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from liftback import __version__
from liftback.cli.shell import Refusal, SentenceGroup, is_folder, one_line, read_bytes
from liftback.cli.streams import write_html, write_json

if TYPE_CHECKING:
    from types import ModuleType

NARROWEST, WIDEST = 40, 80  # columns: below, words would break; above, a line is hard to follow


class Day(click.ParamType[date]):
    """A day as ISO text."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date; write it like 2026-11-23.", param, ctx)
        first, last = verbs().FIRST_DAY, verbs().LAST_DAY
        if not first <= day <= last:
            self.fail(f"{day} is not between {first} and {last}; write a day like 2026-11-23.", param, ctx)
        return day


# Lines of a diary that are told one by one; a broken file has thousands.
LINES_TOLD = 5
# Typical sessions in one; more is a slip of the keys.
LARGEST_PLAN = 20.0


def verbs() -> ModuleType:
    """The operations, imported only when a verb runs, so that --help answers at once."""
    return import_module("liftback.operations")


def columns() -> int:
    """How many columns of text fit the terminal; the widest where the output is no terminal."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 0)).columns))


TODAY = click.option("--today", type=Day(), default=None, help="The day to reckon from (default: today).")
LOG = click.option("--log", type=click.Path(path_type=Path), help="The file your training app exports.")
DIARY = click.option("--diary", type=click.Path(path_type=Path), help="A pain diary as CSV with date,pain.")
UNIT = click.option(
    "--unit", type=click.Choice(["kg", "lb"]), help="The unit of the weights, where the file is silent."
)
DATE_ORDER = click.option(
    "--date-order", type=click.Choice(["dmy", "mdy"]), help="Day or month first, where the diary's dates can be both."
)


def examples(*lines: str) -> str:
    """Lines to type, as the end of a command's help; the sign in front keeps click from wrapping them."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


class Group(SentenceGroup):
    """Commands in the order of use; some are loaded only when called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order a lifter meets them."""
        first = ["now", "ask", "assess", "follow", "plan", "read", "explain", "import"]
        return [*first, "form", "questions", "check", "simulate", "serve", "worker", "clinic", "backup", "restore"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command by name."""
        own: dict[str, Callable[[], Any]] = {
            "ask": lambda: import_module("liftback.cli.ask").ask,
            "now": lambda: import_module("liftback.cli.now").now,
            "form": lambda: import_module("liftback.cli.form").form,
            "plan": lambda: import_module("liftback.cli.plan").plan,
            "read": lambda: import_module("liftback.cli.read").read,
            "serve": lambda: import_module("liftback.cli.serve").serve,
            "worker": lambda: import_module("liftback.cli.operate").worker,
            "clinic": lambda: import_module("liftback.cli.operate").clinic,
            "backup": lambda: import_module("liftback.cli.operate").backup,
            "restore": lambda: import_module("liftback.cli.operate").restore,
            "simulate": lambda: import_module("liftback.cli.simulate").simulate,
        }
        if cmd_name in own:
            command: click.Command = own[cmd_name]()
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="liftback")
def main() -> None:
    """Answers low back pain for people who lift.

    Begin with `liftback ask`: it asks, saves your story, and says what to type next. In an emergency call your
    emergency number. Liftback is education and decision support, not a diagnosis.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What an assessment reads: the story's file, and what was said on the command line beside it."""

    story: Path
    log: Path | None
    diary: Path | None
    today: date | None
    unit: str | None
    date_order: str | None


def with_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """The options of an assessment, given to the command as one `Inputs`."""

    @wraps(command)
    def gathered(**given: Any) -> None:
        names = Inputs.__dataclass_fields__
        command(Inputs(**{name: given.pop(name) for name in names}), **given)

    for option in reversed((LOG, DIARY, TODAY, UNIT, DATE_ORDER)):
        gathered = option(gathered)
    return click.argument("story", type=click.Path(path_type=Path))(gathered)


def this_day() -> date:
    """Today where the lifter is: the only place that asks a clock."""
    return datetime.now().astimezone().date()


_COLOURS: dict[str, dict[str, Any]] = {
    "level:emergency": {"fg": "red", "bold": True},
    "level:same_day": {"fg": "red", "bold": True},
    "level:within_days": {"fg": "yellow", "bold": True},
    "level:routine": {"bold": True},
    "level:self_manage": {"bold": True},
    "heading": {"bold": True},
    "headline": {"bold": True},
    "quiet": {"dim": True},
}


def coloured(text: str, role: str) -> str:
    """A line in the colour of its role; click leaves colours out where the output is no terminal."""
    return click.style(text, **_COLOURS[role]) if role in _COLOURS else text


def load_assessment(given: Inputs) -> Any:
    """The assessment of a story file with its log and diary. Raises Refusal."""
    return verbs().assess(**load_inputs(given))


def load_inputs(given: Inputs) -> dict[str, Any]:
    """A story file with its log, its diary and the day, as the verbs take them. Raises Refusal."""
    operations, day = verbs(), given.today or this_day()
    try:
        story = operations.read_story(content=read_bytes(given.story, "story"), today=day)
    except operations.StoryError as error:
        raise Refusal(f"{one_line(given.story)}: {error}") from None
    training = load_log(given, story.log, day)
    kept = load_diary(given, story.diary_file, day)
    return {"story": story, "log": training, "diary": kept, "today": day}


def beside(story_file: Path, name: str | None) -> Path | None:
    """A path written in a story is meant from the story's own folder."""
    return None if name is None else story_file.parent / os.path.expanduser(name)  # noqa: PTH111 - Path's may raise


def load_log(given: Inputs, named: str | None, day: date) -> Any:
    """The training log, None where there is none; what was guessed or left out is told. Raises Refusal."""
    path = given.log or beside(given.story, named)
    if path is None:
        return None
    log = import_from(path, day, given.unit, named_in=None if given.log else given.story)
    if log.errors:
        first, name = log.errors[0], one_line(path)
        tell(
            f"{name}: {len(log.errors):,} of {log.rows:,} rows cannot be read (line {first.line}: {first.reason}); "
            f"`liftback import {name}` lists them."
        )
    for note in (*log.notes, *([log.units.reason] if log.units.basis == "inferred" else [])):
        tell(f"{one_line(path)}: {note}")
    return log


def import_from(path: Path, day: date, unit: str | None, *, named_in: Path | None = None, earlier: Any = None) -> Any:
    """A training log from its file. Raises Refusal."""
    content = read_bytes(path, "training log", named_in=named_in)
    try:
        return verbs().import_log(content=content, today=day, unit=unit, earlier=earlier)
    except verbs().FileError as error:
        raise Refusal(f"{one_line(path)}: {error}") from None


def load_diary(given: Inputs, named: str | None, day: date) -> Any:
    """The diary, None where there is none; lines that cannot be read are told, the rest is used. Raises Refusal."""
    path = given.diary or beside(given.story, named)
    if path is None:
        return None
    content = read_bytes(path, "diary", named_in=None if given.diary else given.story)
    try:
        reading = verbs().read_diary(content=content, today=day, date_order=given.date_order)
    except verbs().DiaryError as error:
        raise Refusal(f"{one_line(path)}: {error}") from None
    name = one_line(path)
    tell(
        *(f"{name}, line {problem.line}: {problem.reason}." for problem in reading.errors[:LINES_TOLD]),
        *([f"{name}: {more:,} more lines cannot be read."] if (more := len(reading.errors) - LINES_TOLD) > 0 else []),
        *(f"{name}: {note}" for note in reading.notes[:LINES_TOLD]),
        *([f"{name}: {more:,} more such notes."] if (more := len(reading.notes) - LINES_TOLD) > 0 else []),
    )
    return reading.diary


def tell(*sentences: str) -> None:
    """Say on standard error what the lifter should know about a file that is used."""
    for sentence in sentences:
        click.echo(f"liftback: {sentence}", err=True)


@main.command(
    epilog=examples(
        "liftback assess story.yaml",
        "liftback assess story.yaml --log strong.csv --diary diary.csv",
        "liftback assess story.yaml --format html > my-back.html",
    )
)
@with_inputs
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    help="html is one page for a phone or for paper.",
)
@click.option("--full", is_flag=True, help="Text with everything that can wait, and every source.")
def assess(given: Inputs, output: str, full: bool) -> None:
    """Say what to do, and the seven answers, for STORY.

    STORY is a YAML or JSON file, as `liftback ask` saves it.
    """
    assessment = load_assessment(given)
    if output == "json":
        write_json(verbs().assessment_json(assessment))
    elif output == "html":
        write_html(verbs().render(assessment=assessment, output=output))
    else:
        text = verbs().render(assessment=assessment, output=output, width=columns(), full=full, style=coloured)
        click.echo(text, nl=False)


@main.command(
    epilog=examples(
        "liftback follow story.yaml --log strong.csv --diary diary.csv",
        "liftback follow story.yaml --plan 0.7",
        "liftback follow story.yaml --format html > my-course.html",
    )
)
@with_inputs
@click.option(
    "--plan",
    type=click.FloatRange(0, LARGEST_PLAN),
    default=1.0,
    show_default=True,
    help="Your next session's load on the back; 1 is a typical session of yours.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="html has the picture, on one page for a phone or for paper.",
)
@click.option("--full", is_flag=True, help="Text with everything that can wait.")
def follow(given: Inputs, plan: float, output: str, full: bool) -> None:
    """Show how your back is doing, from diary and log.

    It parts the slow trend from the swings of single days, learns how your back answers to your sessions, and gives
    the chance of a flare and the time to milestones as ranges. Each waits until there is enough to go by.
    """
    operations = verbs()
    try:
        followed = operations.follow(plan=plan, **load_inputs(given))
    except operations.DiaryError as error:
        raise Refusal(str(error)) from None
    if output == "json":
        write_json(operations.followed_json(followed=followed))
    elif output == "html":
        write_html(operations.render_followed(followed=followed, output=output))
    else:
        text = operations.render_followed(followed=followed, output=output, width=columns(), full=full, style=coloured)
        click.echo(text, nl=False)


@main.command(epilog=examples("liftback explain story.yaml triage", 'liftback explain story.yaml "answer 3"'))
@with_inputs
@click.argument("name")
def explain(given: Inputs, name: str) -> None:
    """Say why: the facts, numbers and rules behind NAME.

    NAME is triage, irritability, category, timeline, imaging, training and so on, an answer, or a number's own name;
    a wrong NAME lists them all. Each branch also says what would change it.
    """
    assessment = load_assessment(given)
    try:
        click.echo(verbs().explain(assessment=assessment, name=name, width=columns()))
    except verbs().UnknownNameError as error:
        raise Refusal(str(error)) from None


@main.command(
    "import",
    epilog=examples("liftback import hevy.csv", "liftback import strong.csv --unit lb --earlier last_month.csv"),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--earlier", type=click.Path(path_type=Path), help="An earlier export: its sets are not counted twice.")
@UNIT
@TODAY
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def import_file(file: Path, earlier: Path | None, unit: str | None, today: date | None, output: str) -> None:
    """Show what is read from FILE, your training app's export.

    Nothing is dropped in silence: every row is a set, another kind of row, or an error with its line.

    Strong, Hevy, FitNotes, wger, Liftosaur and JEFIT are told apart by their content.
    """
    day = today or this_day()
    before = None if earlier is None else import_from(earlier, day, unit)
    log = import_from(file, day, unit, earlier=before)
    shown = verbs().show_import(log=log, output=output, file=str(file))
    if output == "json":
        write_json(shown)
    else:
        click.echo(shown)


@main.command(epilog=examples("liftback questions", "liftback questions --format json"))
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def questions(output: str) -> None:
    """List every question with its choices."""
    listed = verbs().questions()
    if output == "json":
        write_json(listed)
        return
    stage = ""
    for question in listed:
        if question["stage"] != stage:
            stage = question["stage"]
            click.echo(f"{_STAGES[stage]}\n")
        _show_question(question)


_STAGES = {
    "about": "ABOUT YOU: under `about` in a story",
    "gates": "WARNING SIGNS: under `answers`, as all that follow",
    "story": "YOUR STORY",
    "plan": "WHAT THE PLAN NEEDS",
    "programme": "YOUR TRAINING: for `liftback plan`",
}


def _show_question(question: dict[str, Any]) -> None:
    """A question's id and text, and below it what may be answered: the id to write, and what it says."""
    part = "" if question["gate"] in (None, question["id"]) else f", part of {question['gate']}"
    click.echo(question["id"] + (f" (warning sign{part})" if question["gate"] else ""))
    click.echo(click.wrap_text(question["text"], columns(), initial_indent="  ", subsequent_indent="  "))
    for choice, label in question["labels"].items():
        click.echo(click.wrap_text(label, columns(), initial_indent=f"    {choice}: ", subsequent_indent="      "))
    if question["kind"] == "many":
        click.echo("    one or more of these")
    if not question["labels"]:
        click.echo(f"    {_allowed(question)}")
    click.echo()


def _allowed(question: dict[str, Any]) -> str:
    if question["kind"] == "number":
        return f"{question['minimum']:g} to {question['maximum']:g} {question['unit'].replace('_', ' ')}".rstrip()
    return str(question["kind"])


@main.command(epilog=examples("liftback check tests/cases"))
@click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(cases: tuple[Path, ...]) -> None:
    """Run CASES, files or folders of case files.

    For those who change the knowledge: each case says what must come out for whom.
    """
    files = [file for path in cases for file in (sorted(path.rglob("*.yaml")) if is_folder(path) else [path])]
    if not files:
        raise Refusal(f"There is no case file (*.yaml) in {', '.join(map(one_line, cases))}.")
    failed = total = 0
    told: list[str] = []
    for file in files:
        try:
            for result in verbs().check_cases(content=read_bytes(file, "case file"), file=one_line(file)):
                total += 1
                failed += bool(result.failures)
                told += [f"FAILED {result.file}: {result.name}\n    {failure}" for failure in result.failures]
        except verbs().CaseError as error:
            raise Refusal(str(error)) from None
    for failure in told:
        click.echo(failure)
    click.echo(f"{total - failed} of {total} cases hold, from {len(files)} files.")
    sys.exit(1 if failed else 0)
