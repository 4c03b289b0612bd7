"""The verbs that read files and print: assess, explain, import, questions, check. `ask` has its own module."""

from __future__ import annotations

import json
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

if TYPE_CHECKING:
    from types import ModuleType

# A training app's export of a whole life of lifting is a few megabytes.
LARGEST_FILE = 100_000_000
BAD_INPUT = 2


class Refusal(click.ClickException):
    """Bad input: one clear sentence on standard error, exit code 2, nothing half-written."""

    exit_code = BAD_INPUT

    def show(self, file: Any = None) -> None:
        """Print the sentence."""
        click.echo(f"liftback: {self.message}", err=True, file=file)


class Day(click.ParamType[date]):
    """A day as ISO text."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date; write it like 2026-11-23.", param, ctx)


def verbs() -> ModuleType:
    """The operations, imported only when a verb runs, so that --help answers at once."""
    return import_module("liftback.operations")


def read_bytes(path: Path, what: str) -> bytes:
    """A file's bytes, or a Refusal saying what is wrong with it."""
    try:
        if path.is_dir():
            raise Refusal(f"{path} is a folder, not a file; give the {what} itself.")
        if path.stat().st_size > LARGEST_FILE:
            size = path.stat().st_size // 1_000_000
            raise Refusal(
                f"{path} is {size} MB; a {what} is at most {LARGEST_FILE // 1_000_000} MB. Is it another file?"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"There is no file {path}; check the name and the folder.") from None
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from None


TODAY = click.option("--today", type=Day(), default=None, help="The day to reckon from (default: today).")
LOG = click.option("--log", type=click.Path(path_type=Path), help="The file your training app exports.")
DIARY = click.option("--diary", type=click.Path(path_type=Path), help="A pain diary as CSV with date,pain.")
UNIT = click.option(
    "--unit", type=click.Choice(["kg", "lb"]), help="The unit of the weights, where the file is silent."
)
DATE_ORDER = click.option(
    "--date-order", type=click.Choice(["dmy", "mdy"]), help="Day or month first, where the diary's dates can be both."
)


class Group(click.Group):
    """Commands in the order of use; `ask` is loaded only when called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order a lifter meets them."""
        return ["ask", "assess", "explain", "import", "questions", "check"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command by name."""
        if cmd_name == "ask":
            command: click.Command = import_module("liftback.cli.ask").ask
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="liftback")
def main() -> None:
    """Answers low back pain for people who lift.

    Begin with `liftback ask`: it asks, saves your story, and says what to type next. In an emergency call your
    emergency number; Liftback is education and decision support, not a diagnosis.
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
    operations, day = verbs(), given.today or this_day()
    log_path = None
    try:
        story = operations.read_story(content=read_bytes(given.story, "story"), today=day)
        log_path = given.log or beside(given.story, story.log)
        diary_path = given.diary or beside(given.story, story.diary_file)
        training = None
        if log_path is not None:
            training = operations.import_log(content=read_bytes(log_path, "training log"), today=day, unit=given.unit)
        kept = load_diary(diary_path, day, given.date_order) if diary_path is not None else None
    except operations.StoryError as error:
        raise Refusal(f"{given.story}: {error}") from None
    except operations.FileError as error:
        raise Refusal(f"{log_path}: {error}") from None
    return operations.assess(story=story, log=training, diary=kept, today=day)


def beside(story_file: Path, name: str | None) -> Path | None:
    """A path written in a story is meant from the story's own folder."""
    return None if name is None else story_file.parent / name


def load_diary(path: Path, today: date, date_order: str | None) -> Any:
    """A diary from its file; rows that could not be read are told, and the rest is used. Raises Refusal."""
    operations = verbs()
    try:
        reading = operations.read_diary(content=read_bytes(path, "diary"), today=today, date_order=date_order)
    except operations.DiaryError as error:
        raise Refusal(f"{path}: {error}") from None
    for problem in reading.errors:
        click.echo(f"liftback: {path}, line {problem.line}: {problem.reason}", err=True)
    for note in reading.notes:
        click.echo(f"liftback: {path}: {note}", err=True)
    return reading.diary


@main.command()
@with_inputs
@click.option("--format", "output", type=click.Choice(["text", "json", "markdown", "html"]), default="text")
def assess(given: Inputs, output: str) -> None:
    """Triage and the seven answers from STORY (YAML or JSON), with reasons."""
    assessment = load_assessment(given)
    if output == "json":
        document = verbs().assessment_json(assessment)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo(verbs().render(assessment=assessment, output=output, style=coloured), nl=False)


@main.command()
@with_inputs
@click.argument("name")
def explain(given: Inputs, name: str) -> None:
    """Why: the facts, numbers and rules behind one finding or answer of STORY (NAME: triage, answer 3, ...)."""
    assessment = load_assessment(given)
    try:
        click.echo(verbs().explain(assessment=assessment, name=name))
    except verbs().UnknownNameError as error:
        raise Refusal(str(error)) from None


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--earlier", type=click.Path(path_type=Path), help="An earlier export: its sets are not counted twice.")
@UNIT
@TODAY
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def import_file(file: Path, earlier: Path | None, unit: str | None, today: date | None, output: str) -> None:
    """What Liftback reads from FILE, the export of your training app: nothing is dropped in silence."""
    operations, day = verbs(), today or this_day()
    try:
        before = None
        if earlier is not None:
            before = operations.import_log(content=read_bytes(earlier, "training log"), today=day, unit=unit)
        log = operations.import_log(content=read_bytes(file, "training log"), today=day, unit=unit, earlier=before)
    except operations.FileError as error:
        raise Refusal(f"{file}: {error}") from None
    shown = operations.show_import(log=log, output=output, file=str(file))
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2) if output == "json" else shown)


@main.command()
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def questions(output: str) -> None:
    """Every question with its choices, as the interview and the story file use them."""
    listed = verbs().questions()
    if output == "json":
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for question in listed:
        allowed = ", ".join(question["choices"]) or _allowed(question)
        mark = " (warning sign)" if question["gate"] else ""
        click.echo(f"{question['id']}{mark}: {question['text']}\n    {allowed}")


def _allowed(question: dict[str, Any]) -> str:
    if question["kind"] == "number":
        return f"{question['minimum']:g} to {question['maximum']:g} {question['unit'].replace('_', ' ')}".rstrip()
    return str(question["kind"])


@main.command()
@click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(cases: tuple[Path, ...]) -> None:
    """Run CASES (files or folders of case files) and say which hold."""
    files = [file for path in cases for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    if not files:
        raise Refusal(f"There is no case file (*.yaml) in {', '.join(map(str, cases))}.")
    failed = total = 0
    for file in files:
        try:
            for result in verbs().check_cases(content=read_bytes(file, "case file"), file=str(file)):
                total += 1
                failed += bool(result.failures)
                for failure in result.failures:
                    click.echo(f"FAILED {file}: {result.name}\n    {failure}")
        except verbs().CaseError as error:
            raise Refusal(str(error)) from None
    click.echo(f"{total - failed} of {total} cases hold, from {len(files)} files.")
    sys.exit(1 if failed else 0)
