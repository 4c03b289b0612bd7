"""What a visitor is telling at the moment: the interview in their session, and where it is kept beside that.

A stranger's story is in the session alone. A lifter's is kept in the records as soon as it can be judged, and at once
where a sign speaks for more than waiting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from liftback import operations
from liftback.records import read, write
from liftback.records.models import Lifter, Person, StoryVersion
from liftback.records.write import NewEntry
from liftback.web.lifter.front.questions import laid_out
from liftback.web.shared.visiting import BASE, INTERVIEW, TOLD, WAITING, Visit

DOOR = "door"
SIGNS = "signs"
"""The key of the session under which the warning signs of a lifter are gone through again."""
LEG_MARKED = "leg_marked"
"""The key that says that a leg was marked on the drawn body: it is shown again where the leg is asked about."""
LEG_PARTS = ("thigh", "calf", "shin", "foot")
ABOUT_THE_LEG = "leg_symptoms"
_GATES_FIRST = ("hurt", "serious")
_BEFORE_TRIAGE = ("about", "gates")
STALE = gettext_noop("This page was from an earlier step, so nothing was changed. Here is where you are now.")
Outcome = Literal["asking", "ready", "emergency"]


class NothingToldError(Exception):
    """The session holds no interview: it ran out after a day, or the browser keeps no cookies."""


class Telling:
    """An interview of a visitor, and the next step of it.

    `again`: warning signs gone through again by a lifter, and nothing else asked.
    """

    def __init__(self, *, request: Visit, interview: operations.Interview, again: bool = False) -> None:
        self.request = request
        self.interview = interview
        self.again = again

    @cached_property
    def step(self) -> Any:
        """What is asked next; None at the end, and in an emergency."""
        found = operations.interview_step(
            interview=self.interview, today=self.request.visitor.today, gates_first=self._gates_first
        )
        over = found is None or (self.again and found.stage not in _BEFORE_TRIAGE)
        return None if over else found

    @property
    def _gates_first(self) -> bool:
        return self.again or self.request.session.get(DOOR) in _GATES_FIRST

    @cached_property
    def triage(self) -> Any:
        """The triage of what has been told so far."""
        return operations.interview_triage(interview=self.interview, today=self.request.visitor.today)

    @property
    def is_emergency(self) -> bool:
        """Whether an answered sign ended the interview. Words alone are asked about first."""
        return self.step is None and self.triage.level.name == "emergency"

    @property
    def judged(self) -> bool:
        """Whether the warning signs are through."""
        return self.step is None or self.step.stage not in _BEFORE_TRIAGE

    def values(self) -> dict[str, Any]:
        """What the page shows of the step."""
        today = self.request.visitor.today
        return laid_out(operations.step_values(step=self.step, interview=self.interview, today=today), today=today)

    def answered(self, fields: Mapping[str, Sequence[str]]) -> Telling:
        """The telling after a form's fields, kept. Raises AnswerError, StaleStepError."""
        if self.step is None or list(fields.get("done", ())) not in ([], [str(self.interview.done)]):
            raise operations.StaleStepError(_(STALE))
        given = operations.interview_given(
            interview=self.interview, step=self.step, values=fields, today=self.request.visitor.today
        )
        asked = self.values()
        if asked["input"] == "body_map":
            marked = fields.get(asked["field"], ())
            self.request.session[LEG_MARKED] = any(one.startswith(LEG_PARTS) for one in marked)
        return self._kept(given)

    def back(self) -> Telling:
        """The telling one step ago, kept; what was taken back is open again, and never a no."""
        return self._kept(operations.interview_undo(interview=self.interview))

    def outcome(self, before: Telling) -> Outcome:
        """What the answer led to: the next question, answers that are ready now, or an emergency."""
        if self.is_emergency:
            return "emergency"
        if self.step is None:
            return "ready"
        earlier = before.step
        passed = self.judged and earlier is not None and earlier.stage != self.step.stage
        return "ready" if passed else "asking"

    def document(self) -> str:
        """The story so far as the text of a story file, with the diary that an earlier one held."""
        earlier = kept_story(self.request)
        today = self.request.visitor.today
        days = operations.read_story(content=earlier.encode(), today=today).diary if earlier else None
        return operations.interview_file(interview=self.interview, days=days)

    def keep_in_records(self, via: str) -> None:
        """Keep the story as the newest version of a signed-in person. Raises TypeError for a stranger."""
        visitor = self.request.visitor
        if visitor.person is None:
            raise TypeError("Only a person with an account has records.")
        lifter = visitor.lifter or write.lifter_for(actor=visitor.person, now=visitor.now, zone=visitor.zone)
        row = write.keep_story(actor=visitor.person, lifter=lifter, document=self.document(), via=via, now=visitor.now)
        visitor.__dict__["lifter"] = lifter
        self._goes_on_from(row.pk)
        if self.again and self.step is None:
            self._tell_gates(visitor.person, lifter)
        if self.step is None and not self.is_emergency:
            # The records hold all of it: what is told from here on begins there.
            self.request.session.pop(INTERVIEW, None)

    def _goes_on_from(self, story: int | None) -> None:
        session = self.request.session
        if not self.again:
            session[BASE] = story
        elif "interview" in session.get(SIGNS, {}):
            session[SIGNS] = {**session[SIGNS], "of": story}

    def _tell_gates(self, person: Person, lifter: Lifter) -> None:
        visitor, session = self.request.visitor, self.request.session
        told = NewEntry(
            kind="gates",
            client_id=UUID(session[SIGNS]["client_id"]),
            device="web",
            day=visitor.today,
            client_time=visitor.now,
            payload={"answers": operations.gates_told(interview=self.interview)},
        )
        write.tell(actor=person, lifter=lifter, entries=[told], now=visitor.now)

    def _kept(self, interview: operations.Interview) -> Telling:
        after = Telling(request=self.request, interview=interview, again=self.again)
        session = self.request.session
        stored = operations.interview_stored(interview=interview)
        if self.again:
            session[SIGNS] = {**session[SIGNS], "interview": stored}
        else:
            session[INTERVIEW], session[BASE] = stored, _newest(self.request)
        after._keep_story(before=self)
        return after

    def _keep_story(self, before: Telling) -> None:
        """Keep what can be judged: a stranger's in the session each time, a lifter's at each stage and each sign."""
        session, person = self.request.session, self.request.visitor.person
        if person is None:
            if self.judged or TOLD in session:
                session[TOLD] = self.document()
            return
        signs = any(not one.unknown for one in self.triage.fired) and not self.judged
        stage = None if self.step is None else self.step.stage
        passed = self.judged and (before.step is None or before.step.stage != stage)
        if signs or passed:
            self.keep_in_records("signs" if self.again else "interview")


def telling(request: Visit) -> Telling:
    """What is being told. Raises NothingToldError."""
    now = told_now(request)
    if now is not None:
        return now
    story = kept_story(request)
    if story is None:
        raise NothingToldError
    resumed = operations.interview_resumed(content=story.encode(), today=request.visitor.today)
    return Telling(request=request, interview=resumed)


def told_now(request: Visit) -> Telling | None:
    """The interview that the session holds, if it does, can still be read, and nothing newer was kept meanwhile.

    A sign that was told elsewhere since (a check-in, another device) must not be written over by older answers.
    """
    session = request.session
    if INTERVIEW in session and WAITING not in session and session.get(BASE) != _newest(request):
        del session[INTERVIEW]
    return restored(request, session.get(INTERVIEW), again=False)


def restored(request: Visit, stored: Mapping[str, Any] | None, *, again: bool) -> Telling | None:
    """A telling out of stored values; None without any, and for those that can no longer be read."""
    if stored is None:
        return None
    try:
        interview = operations.interview_restored(values=stored, today=request.visitor.today)
    except operations.StoryError:
        return None
    return Telling(request=request, interview=interview, again=again)


def begin(request: Visit, door: str, *, anew: bool) -> None:
    """Open a door: the interview goes on where it was, or begins where there was none, or `anew`."""
    request.session[DOOR] = door
    if anew or (INTERVIEW not in request.session and kept_story(request) is None):
        request.session[INTERVIEW] = operations.interview_stored(interview=operations.Interview())
        request.session[BASE] = _newest(request)
        request.session.pop(TOLD, None)


def signs_now(request: Visit) -> Telling | None:
    """Warning signs that are being gone through again today, if they are."""
    held = request.session.get(SIGNS) or {}
    current = held.get("day") == request.visitor.today.isoformat() and held.get("of") == _newest(request)
    return restored(request, held.get("interview"), again=True) if current else None


def signs_over(request: Visit) -> bool:
    """Whether they were gone through today: then an answer that comes in once more is no answer to a new question."""
    held = request.session.get(SIGNS) or {}
    return bool(held) and "interview" not in held


def signs_again(request: Visit) -> Telling:
    """The warning signs to go through again, begun where they are not. Raises NothingToldError without a story."""
    underway = signs_now(request)
    if underway is not None:
        return underway
    story = kept_story(request)
    if story is None:
        raise NothingToldError
    interview = operations.interview_again(content=story.encode(), today=request.visitor.today)
    request.session[SIGNS] = {
        "interview": operations.interview_stored(interview=interview),
        "day": request.visitor.today.isoformat(),
        "client_id": str(uuid4()),
        "of": _newest(request),
    }
    return Telling(request=request, interview=interview, again=True)


def end_signs(request: Visit) -> None:
    """Note that the warning signs were gone through; they begin anew the next time."""
    request.session[SIGNS] = {"day": request.visitor.today.isoformat()}


def signs_anew(request: Visit) -> None:
    """Begin the warning signs from the first again, whatever was answered today; what was kept stays kept."""
    for key in (SIGNS, INTERVIEW):
        request.session.pop(key, None)


def kept_story(request: Visit) -> str | None:
    """The text of the newest story in the records of whoever is signed in."""
    found = _newest_story(request)
    return None if found is None else found.document


def _newest(request: Visit) -> int | None:
    found = _newest_story(request)
    return None if found is None else found.pk


def _newest_story(request: Visit) -> StoryVersion | None:
    person, lifter = request.visitor.person, request.visitor.lifter
    return None if person is None or lifter is None else read.story_of(actor=person, lifter=lifter)
