"""`liftback ask`: the interview in a terminal. Plain lines only, so that any terminal and screen reader can follow.

Every answer is saved before the next question; Ctrl-C loses nothing.
"""

from __future__ import annotations

import io
import os
import shlex
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from liftback.cli.shell import Refusal, one_line, read_bytes
from liftback.cli.verbs import TODAY, columns, examples, this_day, verbs

INTERRUPTED = 130  # what a shell expects of a program that Ctrl-C ended
STORY_FILE = "story.yaml"
_BACK = frozenset(("back", "b", "undo"))
_STOP = frozenset(("stop", "quit", "exit", "q"))
_WHY = frozenset(("why", "help", "h"))
_UNTIL = {
    "about": "your first answer", "gates": "your first answer", "story": "all seven answers",
    "plan": "what the seven answers need", "programme": "the end",
}  # fmt: skip


@click.command(epilog=examples("liftback ask", "liftback ask --resume story.yaml"))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help=f"Where to save the story (default: {STORY_FILE})."
)
@click.option("--resume", type=click.Path(path_type=Path), help="A saved story to go on with.")
@TODAY
def ask(out: Path | None, resume: Path | None, today: date | None) -> None:
    """Ask about your back, question by question, and save the story.

    The warning signs come first; your first answer follows them, after about a dozen questions. You can go back,
    skip, or stop at any time: every answer is saved at once.
    """
    if sys.stdin is None or sys.stdout is None:
        raise Refusal("ask needs a keyboard and a screen; `liftback questions` lists what a story file may hold.")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # what a terminal sends is not always a letter
    day = today or this_day()
    target = out or resume or Path(STORY_FILE)
    check_target(target, resume)
    conversation = Conversation(target, day)
    if resume is not None:
        conversation.take_up(resume)
    try:
        conversation.run()
    except click.Abort:
        conversation.interrupted()
        raise click.exceptions.Exit(INTERRUPTED) from None


def check_target(target: Path, resume: Path | None) -> None:
    """Refuse to write over another story, or where no file can be. Raises Refusal."""
    name = one_line(target)
    try:
        there = target.exists()
        taken = there and not (resume is not None and resume.exists() and target.samefile(resume))
        folder = target.parent.is_dir()
    except OSError as error:
        raise Refusal(f"{name} cannot be written: {error.strerror}; name another file (--out FILE).") from None
    if taken:
        again = shlex.quote(str(target))
        raise Refusal(f"{name} is already there; go on with it (--resume {again}) or name another file (--out FILE).")
    if not folder:
        raise Refusal(
            f"There is no folder {one_line(target.parent)}; make it first, or name another file (--out FILE)."
        )


class Conversation:
    """One interview in a terminal, saved to `target` after every answer."""

    def __init__(self, target: Path, today: date) -> None:
        self._operations = verbs()
        self._target = target
        self._today = today
        self._interview = self._operations.Interview()
        self._log: str | None = None
        self._diary: str | None = None
        self._days: Any = None
        self._stage = "about"

    def take_up(self, file: Path) -> None:
        """Go on with a saved story. Raises Refusal."""
        content = read_bytes(file, "story")
        try:
            story = self._operations.read_story(content=content, today=self._today)
            self._interview = self._operations.interview_resumed(content=content, today=self._today)
        except self._operations.StoryError as error:
            raise Refusal(f"{one_line(file)}: {error}") from None
        self._days = story.diary
        self._log, self._diary = _moved(story.log, file, self._target), _moved(story.diary_file, file, self._target)

    def run(self) -> None:
        """Ask until the end, a stop, or an emergency."""
        self._greet()
        while True:
            step = self._operations.interview_step(interview=self._interview, today=self._today)
            if step is None:
                if not self._emergency():
                    self._finish()
                    return
                if not self._take_back():
                    return
                continue
            self._entering(step.stage)
            if not self._ask(step):
                self._emergency()  # words that told one count for whoever stops before they are asked about
                self._goodbye()
                return

    def interrupted(self) -> None:
        """Say what was kept after Ctrl-C."""
        click.echo()
        if self._target.exists():
            say(f"Stopped. Your answers are kept in {self._target}. To go on, type:")
            click.echo(f"  liftback ask --resume {shlex.quote(str(self._target))}")
        else:
            say("Stopped. Nothing had been answered yet, so nothing was saved.")

    def _greet(self) -> None:
        say("Liftback asks about your back and saves your answers after every question.")
        say("It is education and decision support, not a diagnosis. In an emergency call your emergency number.")
        say("You can always type: back, skip, why, or stop. Where you are not sure, type ?")

    def _entering(self, stage: str) -> None:
        before, self._stage = self._stage, stage
        if stage == before:
            return
        if stage == "gates":
            say("Now the warning signs. They are rare; asking everybody is how nobody is missed.", gap=True)
        if before == "gates" and stage in ("story", "plan"):
            self._first_answer()
        if before == "story" and stage == "plan":
            say("You can stop here; the first answers are ready. A few more questions make the plan fit you.", gap=True)
        if before in ("story", "plan") and stage == "programme":
            say("Last, your training, for `liftback plan`. You can stop here; all else is told.", gap=True)

    def _first_answer(self) -> None:
        """Triage as soon as the warning signs are through: the first useful answer."""
        triage = self._operations.interview_triage(interview=self._interview, today=self._today)
        say(f"YOUR FIRST ANSWER: {triage.name}", gap=True)
        say(triage.summary)
        net = triage.safety_net
        if first := self._operations.interview_first_hours(triage=triage):
            say("If it happened today", gap=True)
            say(first)
        listed("Do this", triage.actions.do)
        listed("Do not", triage.actions.do_not)
        listed("Get help when one of these comes", net.watch_for)
        say(f"When: {net.when}")
        say(f"Where: {net.where}")
        say("Now your story, so that the other answers fit you. You can stop here and go on later.", gap=True)

    def _ask(self, step: Any) -> bool:
        """Ask one step until it is answered or taken back; False when the lifter stops."""
        done, left = self._operations.interview_progress(interview=self._interview, today=self._today)
        click.echo()
        more = f"about {left - 1} more to" if left > 1 else "the last one before"
        say(f"Question {done + 1}; {more} {_UNTIL[step.stage]}")
        show(step)
        self._if_it_is_right(step)
        while True:
            typed = prompt()
            word = typed.strip().casefold()
            if word in _STOP:
                return False
            if word in _BACK:
                self._go_back()
                return True
            if word in _WHY:
                say(why(step))
                continue
            try:
                self._interview = self._operations.interview_answer(
                    interview=self._interview, step=step, raw=typed, today=self._today
                )
            except self._operations.AnswerError as error:
                say(plain_error(str(error), step))
                continue
            self._save()
            return True

    def _if_it_is_right(self, step: Any) -> None:
        """With a sign that was read from words: say at once what it would mean."""
        if step.kind != "single" or not step.quote or step.stage != "gates":
            return
        triage = self._operations.interview_triage(interview=self._interview, today=self._today)
        if triage.value == "emergency":
            say(f"If it is right, do not wait for the rest: {triage.name.lower()}.", gap=True)
            listed("Do this", triage.actions.do)

    def _go_back(self) -> None:
        if self._interview.before is None:
            say("This is the first question; there is nothing to take back.")
            return
        self._interview = self._operations.interview_undo(interview=self._interview)
        self._save()
        say("Taken back.")

    def _emergency(self) -> bool:
        """Whether an emergency ended the interview; if so, say at once what to do."""
        triage = self._operations.interview_triage(interview=self._interview, today=self._today)
        if triage.value != "emergency":
            return False
        rule = "=" * columns()
        click.echo(f"\n{rule}")
        say(f"STOP. {triage.name.upper()}.")
        click.echo(rule)
        say(triage.summary)
        listed("DO THIS NOW", triage.actions.do)
        listed("SAY THIS", triage.actions.say)
        listed("DO NOT", triage.actions.do_not)
        listed("BECAUSE", [one.why for one in triage.fired if one.level == triage.level])
        click.echo(f"\n{rule}")
        return True

    def _take_back(self) -> bool:
        """After an emergency: whether the last answer was a slip and is taken back."""
        say(f"Your answers are saved in {self._target}.")
        say("Was the last answer a slip? Then type back. Otherwise press Enter to end.")
        if prompt().strip().casefold() not in _BACK:
            return False
        self._go_back()
        return True

    def _finish(self) -> None:
        click.echo()
        say("That was the last question.")
        self._log = self._path("The file your training app exports (press Enter to leave it out)", self._log)
        if self._days is None or not self._days.days:
            self._diary = self._path("A pain diary as CSV with date,pain (press Enter to leave it out)", self._diary)
        self._save()
        self._next_line()

    def _path(self, text: str, known: str | None) -> str | None:
        """A file's path as the story should hold it: from the story's own folder."""
        while True:
            say(f"{text}{f' [{known}]' if known else ''}:", gap=True)
            typed = prompt().strip().strip("'\"")
            if not typed or typed.casefold() in {"skip", "none", "no"} | _STOP:
                return known
            path = Path(os.path.expanduser(typed))  # noqa: PTH111 - Path's own raises for an unknown ~name
            if not _is_file(path):
                say(f"There is no file {one_line(typed)}. Type it again, or press Enter to leave it out.")
            else:
                return _relative(path, self._target.parent)

    def _goodbye(self) -> None:
        click.echo()
        if not self._target.exists():
            say("Nothing had been answered yet, so nothing was saved.")
            return
        say(f"Your answers are saved in {self._target}. To go on later, type:")
        click.echo(f"  liftback ask --resume {shlex.quote(str(self._target))}")
        self._next_line()

    def _next_line(self) -> None:
        say("For your answers, with reasons, type:", gap=True)
        click.echo(f"  liftback assess {shlex.quote(str(self._target))}")
        say("For a week of training that fits your back, type:", gap=True)
        click.echo(f"  liftback plan {shlex.quote(str(self._target))}")
        if self._log is None:
            say("With your training app's export they say more about your training: add --log FILE.")

    def _save(self) -> None:
        text = self._operations.interview_file(
            interview=self._interview, log=self._log, diary=self._diary, days=self._days
        )
        try:
            write_whole(self._target, text)
        except OSError as error:
            kept = " The answers before this one are kept in it." if self._target.exists() else ""
            raise Refusal(f"{one_line(self._target)} cannot be written: {error.strerror}.{kept}") from None


def show(step: Any) -> None:
    """Print a step: its text, and its choices as numbered lines."""
    if step.kind == "words":
        say(f"{step.title} (one paragraph, Enter when done; skip if you would rather not)")
        return
    if step.kind == "screen":
        say(f"{step.title} Or not sure? Type the numbers, such as 1, 3, or none. Lines left out count as no.")
        numbered(one.short or one.text for one in step.questions)
        return
    question = step.question
    if step.because:
        say(f"({step.because})")
    say(question.text)
    if question.choices:
        numbered(choice.label for choice in question.choices)
    if question.kind == "many":
        say("Type the numbers, such as 1, 3.")


def why(step: Any) -> str:
    """Why a step is asked, and how to answer it."""
    if step.kind == "words":
        return "Your words can bring up a warning sign that no question named. They never clear one."
    if step.kind == "screen":
        return "Each line is a warning sign. Picking one only asks more about it; it does not say that you have it."
    question = step.question
    told = " ".join(text for text in (question.why, question.help) if text)
    return told or "Your answer changes what we conclude, or how sure we are. You can type skip, or ? for not sure."


def plain_error(sentence: str, step: Any) -> str:
    """A refusal without the question's id, which the lifter has just read."""
    return sentence.removeprefix(f"{step.question.id}: ") if step.kind == "single" else sentence


def say(text: str, *, gap: bool = False) -> None:
    """Print a paragraph, wrapped."""
    if gap:
        click.echo()
    click.echo(click.wrap_text(text, columns()))


def listed(heading: str, lines: Iterable[str]) -> None:
    """Print lines as a list under its heading; nothing where there are none."""
    told = list(lines)
    if told:
        say(heading, gap=True)
    for line in told:
        click.echo(click.wrap_text(line, columns(), initial_indent="- ", subsequent_indent="  "))


def numbered(lines: Iterable[str]) -> None:
    """Print lines with their numbers."""
    for place, line in enumerate(lines, start=1):
        click.echo(click.wrap_text(line, columns(), initial_indent=f"{place:>3}  ", subsequent_indent="     "))


def prompt() -> str:
    """One typed line. Raises click.Abort on Ctrl-C and at the end of input."""
    typed: str = click.prompt("", prompt_suffix="> ", default="", show_default=False)
    return typed


def write_whole(target: Path, text: str) -> None:
    """Write a file whole or not at all: to a new file beside it, then renamed over it (over what a link names)."""
    target = target.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _relative(path: Path, folder: Path) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # another drive
        return str(path.resolve())


def _moved(name: str | None, source: Path, target: Path) -> str | None:
    """A path written in one story file, as another story file must write it."""
    return None if name is None else _relative(source.parent / name, target.parent)
