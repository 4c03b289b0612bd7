"""`liftback plan`: the week's training from a story, a log and a diary, and the next one from what was done."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from liftback.cli.form import headline
from liftback.cli.shell import Refusal, one_line, read_bytes
from liftback.cli.streams import write_html, write_json
from liftback.cli.verbs import (
    DATE_ORDER,
    DIARY,
    LINES_TOLD,
    LOG,
    TODAY,
    UNIT,
    Day,
    Inputs,
    coloured,
    columns,
    examples,
    load_inputs,
    tell,
    this_day,
    verbs,
)

FORMATS = ("text", "json", "html", "ics", "exposures")
_WAITING = ("flare", "criteria", "signed", "declared")  # what a held plan does nothing with
_NAMES_SHOWN = 12
_NEAR = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked of a plan beside its inputs."""

    exposures: Path | None
    begun: date | None
    asked_again: date | None
    flare: date | None
    criteria: Path | None
    signed: str | None
    declared: str | None


_OPTIONS = (
    LOG,
    DIARY,
    click.option("--next", "exposures", type=click.Path(path_type=Path), help="What you did: makes the next week."),
    click.option("--begun", type=Day(), help="The day the plan began."),
    click.option("--asked-again", type=Day(), help="The day you answered the warning signs again."),
    click.option("--flare", type=Day(), help="The day a flare began: says what to do."),
    click.option("--criteria", type=click.Path(path_type=Path), help="Your answers on the criteria of clearance."),
    click.option("--signed", metavar="NAME", help="The therapist who signs your clearance today."),
    click.option("--declared", metavar="NAME", help="Your own name, if you declare it yourself today."),
    TODAY,
    UNIT,
    DATE_ORDER,
)


def _with_asked(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a plan, given to the command as `Inputs` and `Asked`. Raises Refusal without a story."""

    @wraps(command)
    def gathered(story: Path | None, **given: Any) -> None:
        asked = Asked(**{name: given.pop(name) for name in Asked.__dataclass_fields__})
        if story is None:
            raise Refusal(_no_story(asked))
        others = {name: given.pop(name) for name in Inputs.__dataclass_fields__ if name != "story"}
        command(Inputs(story=story, **others), asked, **given)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return click.argument("story", type=click.Path(path_type=Path), required=False)(gathered)


def _no_story(asked: Asked) -> str:
    if asked.exposures is None:
        return "plan needs your story, such as: liftback plan story.yaml; `liftback ask` writes one with you."
    return (
        "plan --next needs your story as well, such as: "
        f"liftback plan story.yaml --next {one_line(asked.exposures)}; `liftback ask` writes one with you."
    )


@click.command(
    epilog=examples(
        "liftback plan story.yaml --log strong.csv",
        "liftback plan story.yaml --format exposures > done.csv",
        "liftback plan story.yaml --next done.csv --format ics > plan.ics",
    )
)
@_with_asked
@click.option(
    "--format",
    "output",
    type=click.Choice(FORMATS),
    default="text",
    metavar="FORMAT",
    help="text, json, html, ics (a calendar) or exposures (a table to fill in).",
)
@click.option("--full", is_flag=True, help="Text with everything that can wait.")
def plan(given: Inputs, asked: Asked, output: str, full: bool) -> None:
    """Plan your week of training for STORY.

    Your own lifts, changed as far as your back needs. Fill in the table as you train: --next goes on from it.
    """
    today = given.today or this_day()
    _check_days(asked, today)
    inputs = load_inputs(replace(given, today=today))
    told = _criteria(asked.criteria, today)
    try:
        made = _with_more(_planned(given, asked, inputs, told), asked, inputs, told)
        _show(made, output, full)
    finally:
        # Last, so that a long plan does not scroll it away; and whatever happens, because it may name help.
        tell(*_scores(told))


def _check_days(asked: Asked, today: date) -> None:
    """Refuse days to come, and options that would do nothing."""
    for name, day in (("begun", asked.begun), ("asked-again", asked.asked_again), ("flare", asked.flare)):
        if day is not None and day > today:
            raise Refusal(f"--{name} {day} lies after {today}; give a day up to then.")
    if asked.asked_again is not None and asked.exposures is None:
        raise Refusal("--asked-again goes with --next: a first plan reads the warning signs from the story itself.")
    if asked.signed is not None and not asked.signed.strip():
        raise Refusal('--signed needs a name, such as --signed "A. Therapist"; leave it out where nobody signed.')
    if asked.declared is not None and not asked.declared.strip():
        raise Refusal('--declared needs your name, such as --declared "Sam"; leave it out where you do not declare it.')
    if asked.signed is not None and asked.declared is not None:
        raise Refusal("--signed and --declared are two signatures under one clearance; keep one of them.")


def _criteria(path: Path | None, today: date) -> Any:
    """The answers on the criteria of clearance, None where none are given. Raises Refusal."""
    if path is None:
        return None
    content = read_bytes(path, "criteria file")
    try:
        return verbs().read_criteria(content=content, today=today)
    except verbs().CriteriaError as error:
        raise _refused_criteria(path, error) from None


def _refused_criteria(path: Path | None, error: Exception) -> Refusal:
    return Refusal(f"{one_line(path)}: {one_line(error, 600)}")


def _scores(told: Any) -> Iterator[str]:
    """What the questionnaires among the answers come to, with every word on where to turn."""
    found = () if told is None else verbs().scores_told(told=told)
    for one in found:
        (asked,) = verbs().forms(form=one.form)
        yield " ".join((headline(asked, one), *one.said, *one.help))


def _planned(given: Inputs, asked: Asked, inputs: dict[str, Any], told: Any) -> Any:
    """The plan of the week that today is in. Raises Refusal."""
    operations = verbs()
    try:
        return _made(given, asked, inputs, told)
    except operations.CriteriaError as error:
        raise _refused_criteria(asked.criteria, error) from None


def _made(given: Inputs, asked: Asked, inputs: dict[str, Any], told: Any) -> Any:
    operations = verbs()
    if asked.exposures is None:
        return operations.make_plan(**inputs, begun=asked.begun, flare_begun=asked.flare, told=told)
    reading = _exposures(asked.exposures, given, inputs["today"])
    begun = asked.begun or min((done.day for done in reading.done), default=inputs["today"])
    first = operations.make_plan(**{**inputs, "today": begun}, begun=begun)
    made = _recorded(first, reading, one_line(asked.exposures))
    going = {"asked_again": asked.asked_again, "flare_begun": asked.flare, "told": told}
    return operations.next_week(plan=made, **inputs, **going)


def _exposures(path: Path, given: Inputs, today: date) -> Any:
    """What was done, from its file; lines that cannot be read are told, the rest is used. Raises Refusal."""
    content, name = read_bytes(path, "exposures file"), one_line(path)
    try:
        reading = verbs().read_exposures(content=content, today=today, date_order=given.date_order)
    except verbs().ExposureError as error:
        raise Refusal(f"{name}: {error}") from None
    errors, used = reading.errors, set(reading.lines)
    _refuse_lost_alarms(name, reading, [(error.line, error.reason) for error in errors if error.line not in used])
    tell(
        *(
            f"{name}, line {error.line}: {one_line(error.reason, 300)}"
            + ("; the rest of the line is used." if error.line in used else "; the plan does not know of this line.")
            for error in errors[:LINES_TOLD]
        ),
        *([f"{name}: {more:,} more lines have faults."] if (more := len(errors) - LINES_TOLD) > 0 else []),
        *(f"{name}: {one_line(note, 600)}" for note in reading.notes),
    )
    return reading


def _refuse_lost_alarms(name: str, reading: Any, left: list[tuple[int, str]]) -> None:
    """Make no plan without a line that tells of what may be a warning sign: a slip of the pen must not hide it."""
    for line, why in left:
        if line in reading.alarming:
            raise Refusal(
                f"{name}, line {line} tells of what may be a warning sign and cannot be used "
                f"({one_line(why, 300).rstrip('.')}); mend that line first. "
                "If it is still there, `liftback ask` goes through the warning signs with you."
            )


def _recorded(first: Any, reading: Any, name: str) -> Any:
    """The plan with every exposure of its lifts, in order; those it cannot take are told."""
    made, left = first, []
    for line, done in zip(reading.lines, reading.done, strict=True):
        try:
            made = _with_one(made, done)
        except Refusal as refused:
            left.append((line, refused.message))
        except verbs().PlanError as error:
            left.append((line, str(error)))
    left.sort()
    _refuse_lost_alarms(name, reading, left)
    if first.held and not first.tracks and reading.done:
        tell(f"{name}: there is no plan yet, so its lines are kept for when there is one.")
    tell(*(f"{name}, line {line} is left out: {one_line(why, 600)}" for line, why in left[:LINES_TOLD]))
    if (more := len(left) - LINES_TOLD) > 0:
        tell(f"{name}: {more:,} more lines are left out for such reasons.")
    return made


def _with_one(made: Any, done: Any) -> Any:
    """The plan with one exposure more. Raises Refusal or PlanError for one that is none of its lifts."""
    if done.day < made.begun:
        raise Refusal(f"{done.day} is before the plan began on {made.begun}; --begun gives another day.")
    lift = _lift(made, done.lift)
    return verbs().record_exposure(plan=made, done=replace(done, lift=lift))


def _lift(made: Any, name: str) -> str:
    """The plan's own name of a lift, however its letters are written. Raises Refusal for one it does not have."""
    tracks = {_key(track.lift): track for track in reversed(made.tracks)}
    if not tracks or _key(name) in tracks:
        return tracks[_key(name)].lift if tracks else name
    lifts = {_key(track.lift): one_line(track.lift) for track in made.tracks if track.kind == "lift"}
    near = difflib.get_close_matches(_key(name), list(lifts), n=1, cutoff=_NEAR)
    mean = f"; did you mean {lifts[near[0]]}?" if near else "."
    shown = list(lifts.values())
    more = f" and {len(shown) - _NAMES_SHOWN} more" if len(shown) > _NAMES_SHOWN else ""
    raise Refusal(f"{one_line(name)!r} is not in your plan{mean} It has {', '.join(shown[:_NAMES_SHOWN])}{more}.")


def _key(name: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).casefold().split())


def _with_more(made: Any, asked: Asked, inputs: dict[str, Any], told: Any) -> Any:
    """The plan with the flare's steps and the signed clearance that were asked for; a held plan comes first."""
    wanted = [f"--{name}" for name in _WAITING if getattr(asked, name) is not None]
    if made.held and wanted:
        wait = "waits" if len(wanted) == 1 else "wait"
        tell(f"Your plan is held, so {' and '.join(wanted)} {wait} until you have been seen.")
    if made.held:
        return made
    operations = verbs()
    if asked.flare is not None:
        made = replace(made, flare=operations.flare(**inputs, begun=asked.flare))
    signed = _signature(asked, inputs["today"])
    if signed is not None:
        made = replace(made, clearance=operations.clearance(plan=made, **inputs, told=told, signed=signed))
    return made


def _signature(asked: Asked, today: date) -> Any:
    """Who says today that it is clearance, None where nobody does."""
    by, name = ("therapist", asked.signed) if asked.declared is None else ("lifter", asked.declared)
    if name is None:
        return None
    return verbs().Signature(by=by, name=one_line(" ".join(name.split())), day=today)


def _show(made: Any, output: str, full: bool) -> None:
    operations = verbs()
    if made.held and output == "exposures":
        tell("Your plan is held, so there is nothing to fill in; `liftback plan` with your story says why.")
    if output == "json":
        write_json(operations.plan_json(plan=made))
    elif output == "html":
        page = operations.render_plan(plan=made, output="html", width=columns(), full=full, style=coloured)
        write_html(page)
    elif output == "text":
        click.echo(
            operations.render_plan(plan=made, output="text", width=columns(), full=full, style=coloured), nl=False
        )
    else:
        # Bytes, because both are files for other programs: UTF-8, with line ends that no terminal changes.
        make = operations.plan_calendar if output == "ics" else operations.exposures_template
        click.echo(make(plan=made).encode("utf-8"), nl=False)
