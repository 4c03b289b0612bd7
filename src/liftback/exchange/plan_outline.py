"""Lay out a plan in the order in which it is read, before anyone decides on paper, page or terminal.

While a plan is held, only why it stopped, the warning signs to go through and whom to see are laid out: nothing of
training. What everybody reads is numbered first, so that a short report lists its sources without a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from liftback.exchange.plan_extras import extras_of
from liftback.exchange.plan_page import (
    Calm,
    Card,
    Change,
    Day,
    Place,
    PlanPage,
    Row,
    SafetyNet,
    Shared,
    Stop,
    Task,
    Told,
    Waiting,
)
from liftback.exchange.plan_words import (
    ALL_LIFTS,
    DECISION_SIGNS,
    GROUPS,
    KINDS,
    NOT_JUDGED,
    action_words,
    amount_words,
    day_words,
    days_words,
    decision_sign,
    dose_details,
    dose_words,
    light_sign,
    limit_words,
    listed,
)
from liftback.exchange.report_json import plain
from liftback.exchange.report_outline import _about, _Sources, clean, question_texts, whys
from liftback.facts.values import Facts
from liftback.knowledge.entries import Level
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.parts import Item, Parked, Plan, PlanDay, Track, Transition
from liftback.reasoning.findings import Said, say_group

TITLE = "Your training week, changed for your back"
HELD, STOPPED = "Your training plan is on hold", "No training plan for now"
TODAY, NEXT = "Today", "Next training day"
_LIFT, _PARKED = "lift", "parked"
_TRAINING = (_LIFT, "keeper", "rehab")
_CALM, _ABOVE = "green", " from the sources above"
_WEEK = timedelta(weeks=1)


def plan_page(plan: Plan, plans: PlanKnowledge) -> PlanPage:
    """Lay out a plan. While it is held, whatever else it may hold of training is left out."""
    layout = _Layout(plan=plan, plans=plans, sources=_Sources(plans.known))
    return layout.held() if plan.held else layout.open()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """One plan, and the numbers of its sources so far."""

    plan: Plan
    plans: PlanKnowledge
    sources: _Sources

    def held(self) -> PlanPage:
        """The page of a plan that is held."""
        plan, advice = self.plan, self.plans.known.levels[self.plan.level]
        urgent = plan.level >= Level.within_days
        # What is said for the very signs that were told; else what is said for all of such a level.
        advised = plan.triage.actions if plan.triage is not None else advice
        stop = Stop(
            name=clean(advice.name) if urgent else STOPPED,
            urgent=urgent,
            on=day_words(plan.stopped_on) if plan.stopped_on else "",
            said=self.told(plan.stop),
            signs=question_texts(plan.ask_again, self.plans.known),
            questions=question_texts(
                [name for name in plan.undecided if name not in plan.ask_again and not urgent], self.plans.known
            ),
            # The advice of the milder levels speaks of training on, which a held plan must not.
            do=_cleaned(advised.do) if urgent else (),
            say=_cleaned(advised.say) if urgent else (),
            do_not=_cleaned(advised.do_not) if urgent else (),
            about=tuple(dict.fromkeys(clean(one.why) for one in plan.triage.fired)) if plan.triage is not None else (),
        )
        return self.page(stop=stop)

    def open(self) -> PlanPage:
        """The page of a plan to train by."""
        plan, known = self.plan, self.plans.known
        headline = self.told(plan.headline)
        focused = _focus(plan)
        focus = self.day(focused) if focused else None
        # What everybody reads is numbered before what can wait.
        self.told(one for one in (*plan.rules, *plan.notes) if not one.more)
        calm, latest, earlier = self.changes()
        extras_of(plan, self.told, more=False)
        days = tuple(self.day(one) for one in plan.days)
        waiting, waiting_all = _apart([self.waiting(one) for one in plan.parked])
        return self.page(
            week=f"Week {plan.week}, {day_words(plan.first_day)} on",
            headline=headline,
            limits=limit_words(plan.limits, known) if plan.limits else (),
            cap=plan.limits.cap if plan.limits else None,
            focus=focus,
            focus_name=TODAY if focus and focus.is_today else NEXT,
            less=self.less(),
            aside=next((one for one in days if one.is_today and one != focus and one.tasks), None),
            reasons=_shared(focus.tasks, lambda task: task.why[:1]) if focus else (),
            up=_shared(focus.tasks, lambda task: task.up) if focus else (),
            down=_shared(focus.tasks, lambda task: task.down) if focus else (),
            days=days,
            rows=_rows(days),
            cards=self.cards(focused),
            waiting=waiting,
            waiting_all=waiting_all,
            rules=self.told(plan.rules),
            calm=calm,
            latest=latest,
            earlier=earlier,
            places=tuple(self.place(one) for one in plan.tracks if one.kind == _LIFT and one.path),
            extras=extras_of(plan, self.told),
            notes=self.told(plan.notes),
            would_tell_more=question_texts(plan.undecided, known),
        )

    def page(self, **shown: Any) -> PlanPage:
        """A page with what every plan has."""
        plan, known = self.plan, self.plans.known
        advice = known.levels[plan.level]
        reasons: Any = plain(plan.because)
        why = () if plan.held else whys(reasons, self.sources)
        sources = self.sources.listed()
        about = _about({"knowledge_version": plan.knowledge_version}, known)
        return PlanPage(
            title=HELD if plan.held else TITLE,
            today=plan.today.isoformat(),
            level=plan.level.name,
            net=SafetyNet(
                level_name=clean(advice.name),
                watch_for=_cleaned(advice.watch_for),
                when=clean(advice.when),
                where=clean(advice.where),
            ),
            why=why,
            sources=sources,
            about=about if sources else tuple(line.replace(_ABOVE, "") for line in about),
            **shown,
        )

    def told(self, said: Iterable[Said]) -> tuple[Told, ...]:
        """Sentences with the numbers of their sources."""
        found = (Told(text=clean(one.text), cites=self.sources.numbers(one.sources), more=one.more) for one in said)
        return tuple(one for one in found if one.text)

    # --- days ---

    def day(self, one: PlanDay) -> Day:
        """A day with its tasks; a usual lift that waits is named on its own training days."""
        tasks = [self.task(item) for item in one.items]
        there = {task.lift for task in tasks if task.kind == _LIFT}
        waiting = (
            track.lift
            for track in self.plan.tracks
            if track.decision == _PARKED and one.day.weekday() in track.usual.weekdays
        )
        return Day(
            day=one.day,
            name=day_words(one.day),
            trains=one.trains,
            is_today=one.day == self.plan.today,
            tasks=tuple(task for task in tasks if task.dose),
            parked=tuple(_parked_task(name) for name in map(clean, waiting) if name not in there),
            back=one.dose_on_back,
        )

    def task(self, item: Item) -> Task:
        """One item in words."""
        return Task(
            kind=item.kind,
            lift=clean(item.lift),
            name=clean(item.name),
            decision=clean(item.decision),
            sign=decision_sign(item.decision),
            dose=dose_words(item),
            details=dose_details(item),
            why=self.told(item.why),
            up=self.told(item.up),
            down=self.told(item.down),
            card=item.exercise if item.exercise in self.plans.exercises else "",
        )

    def cards(self, first: PlanDay | None) -> tuple[Card, ...]:
        """Every exercise of the week, in the order in which it comes first; those of the day in focus lead."""
        doses: dict[str, dict[str, None]] = {}
        for item in (item for day in (*([first] if first else []), *self.plan.days) for item in day.items):
            if item.exercise in self.plans.exercises:
                doses.setdefault(item.exercise, {})[dose_words(item)] = None
        return tuple(self.card(name, tuple(found)) for name, found in doses.items())

    def card(self, name: str, doses: tuple[str, ...]) -> Card:
        """How one exercise is done."""
        exercise = self.plans.exercises[name]
        return Card(
            id=name,
            name=clean(exercise.name),
            doses=doses,
            cues=_cleaned(exercise.cues),
            faults=_cleaned(exercise.faults),
            entry=clean(exercise.entry),
            leave=clean(exercise.exit),
            tempo=clean(exercise.tempo),
            note=clean(exercise.note),
            cites=self.sources.numbers((exercise.provenance.source,)),
        )

    # --- lifts ---

    def waiting(self, one: Parked) -> Waiting:
        """A parked lift in words."""
        exercises, stood = self.plans.exercises, clean(one.stands_at)
        names = (clean(exercises[name].name if name in exercises else name) for name in one.instead)
        return Waiting(
            name=clean(one.name) or clean(one.lift),
            stands_at=stood,
            instead=listed(names),
            why=self.told(one.why),
            back_when=tuple(told for told in self.told(one.back_when) if not stood or stood not in told.text),
        )

    def less(self) -> tuple[Told, ...]:
        """What goes before the doses of a day while the first days or a flare are on."""
        flares = self.plan.flare is not None and self.plan.flare.day is not None
        if not flares and self.plan.first_days is None:
            return ()
        return self.told(say_group("plans.report_less", Facts({}), self.plans.known))

    def changes(self) -> tuple[tuple[Calm, ...], tuple[Change, ...], tuple[Change, ...]]:
        """The newest change of each lift since the week before, the green ones together, and all that came before."""
        calm: dict[str, dict[str, None]] = {}
        latest: list[Change] = []
        earlier: list[Change] = []
        told: set[str] = set()
        for one in sorted(self.plan.transitions, key=lambda one: one.day)[::-1]:
            if one.lift in told or one.day < self.plan.first_day - _WEEK:
                earlier.append(self.change(one))
            elif one.light == _CALM:
                calm.setdefault(action_words(one.action), {})[clean(one.lift)] = None
            else:
                latest.append(self.change(one))
            told.add(one.lift)
        together = (
            Calm(light=_CALM, sign=light_sign(_CALM), action=action, lifts=listed(lifts))
            for action, lifts in calm.items()
        )
        return tuple(together), tuple(latest), tuple(earlier)

    def change(self, one: Transition) -> Change:
        """What one exposure changed, in words."""
        before, after = self.state(one.before), self.state(one.after)
        return Change(
            day=day_words(one.day),
            lift=clean(one.lift),
            light=clean(one.light) or NOT_JUDGED,
            sign=light_sign(one.light or ""),
            action=action_words(one.action),
            states="" if before == after else f"was: {before}; now: {after}",
            why=self.told(one.why),
        )

    def state(self, name: str) -> str:
        """What a state is called, in small letters."""
        states = self.plans.states
        return clean(states[name].name if name in states else name.replace("_", " ")).lower()

    def place(self, one: Track) -> Place:
        """Where a lift stands on its way back."""
        now = one.now
        usual = one.usual
        weight = "" if usual.weight is None else f" at {usual.weight:g} {clean(usual.unit)}"
        many = f"{usual.sets} x {usual.reps}" if usual.reps is not None else f"{usual.sets} sets"
        rung = "" if now is None else f"{clean(now.name)}, {one.rung + 1} of {len(one.path)}"
        amount = amount_words(one.dose)
        return Place(
            lift=clean(one.lift),
            decision=clean(one.decision),
            sign=decision_sign(one.decision),
            state=self.state(one.state),
            rung=", ".join(part for part in (rung, amount) if part),
            usual=f"{many}{weight}",
        )


def _focus(plan: Plan) -> PlanDay | None:
    """Today if there is training on it, else the next day with training; else the first with anything on it."""
    coming = [one for one in plan.days if one.day >= plan.today and one.items]
    training = (one for one in coming if any(item.kind in _TRAINING for item in one.items))
    lifting = (one for one in coming if any(item.kind == _LIFT for item in one.items))
    today = next((one for one in coming[:1] if one.day == plan.today), None)
    if today and any(item.kind in _TRAINING for item in today.items):
        return today
    return next(lifting, None) or next(training, None) or next(iter(coming), None)


def _parked_task(name: str) -> Task:
    return Task(kind=_LIFT, lift=name, name=name, decision=_PARKED, sign=DECISION_SIGNS[_PARKED], dose="")


def _shared(tasks: Sequence[Task], told_of: Callable[[Task], tuple[Told, ...]]) -> tuple[Shared, ...]:
    """What is said of the tasks of a day, each sentence once with the tasks that it is of."""
    names: dict[Told, dict[str, None]] = {}
    for task in tasks:
        for told in told_of(task):
            names.setdefault(told, {})[task.name] = None
    shared: dict[tuple[str, ...], list[Told]] = {}
    for told, of in names.items():
        shared.setdefault(tuple(of), []).append(told)
    return tuple(
        Shared(names=called, told=tuple(told), whole=whole)
        for of, told in shared.items()
        for called, whole in [_called(of, tasks)]
    )


def _called(names: Sequence[str], tasks: Sequence[Task]) -> tuple[str, bool]:
    """Tasks by their kinds where all of a kind are meant, else by their names; and whether all are named by kind."""
    groups: dict[str, dict[str, None]] = {}
    lifts = {task.name for task in tasks if task.kind == _LIFT}
    for task in tasks:
        groups.setdefault(task.decision if task.kind == _LIFT else task.kind, {})[task.name] = None
    if lifts and len(lifts) > 1 and lifts <= set(names):
        groups = {ALL_LIFTS: dict.fromkeys(lifts), **{name: of for name, of in groups.items() if not lifts & of.keys()}}
    left = dict.fromkeys(names)
    if len(left) == len({task.name for task in tasks}):
        return "", True
    called = []
    for group, of in groups.items():
        if of.keys() <= left.keys():
            called.append(next(iter(of)) if len(of) == 1 else GROUPS.get(group, group))
            left = {name: None for name in left if name not in of}
    return listed([*called, *left]), not left


def _apart(waiting: Sequence[Waiting]) -> tuple[tuple[Waiting, ...], tuple[Shared, ...]]:
    """Parked lifts, and apart from them what several of them share."""
    names: dict[Told, dict[str, None]] = {}
    for one in waiting:
        for told in (*one.why, *one.back_when):
            names.setdefault(told, {})[one.name] = None
    often = {told: of for told, of in names.items() if len(of) > 1}
    shared: dict[tuple[str, ...], list[Told]] = {}
    for told, of in often.items():
        shared.setdefault(tuple(of), []).append(told)
    own = (
        replace(
            one,
            why=tuple(told for told in one.why if told not in often),
            back_when=tuple(told for told in one.back_when if told not in often),
        )
        for one in waiting
    )
    everyone = len({one.name for one in waiting})
    return tuple(own), tuple(
        Shared(names="" if len(of) == everyone else listed(of), told=tuple(told), whole=True)
        for of, told in shared.items()
    )


def _rows(days: Sequence[Day]) -> tuple[Row, ...]:
    """Rehab work, walking and conditioning: what falls on the same days together, with the reason where it is one."""
    found: dict[tuple[str, str, str], tuple[Task, list[date]]] = {}
    for day in days:
        for task in (one for one in day.tasks if one.kind != _LIFT):
            found.setdefault((task.kind, task.name, task.dose), (task, []))[1].append(day.day)
    rows: dict[tuple[str, str], list[Task]] = {}
    order = [*KINDS, *dict.fromkeys(kind for kind, _, _ in found if kind not in KINDS)]
    for wanted in order:
        for task, on in (one for (kind, _, _), one in found.items() if kind == wanted):
            rows.setdefault((wanted, days_words(on, len(days))), []).append(task)
    return tuple(_row(kind, on, tasks) for (kind, on), tasks in rows.items())


def _row(kind: str, on: str, tasks: Sequence[Task]) -> Row:
    heading = KINDS.get(kind, clean(kind.replace("_", " ")).capitalize())
    whys = {task.why[:1] for task in tasks}
    return Row(heading=heading, days=on, tasks=tuple(tasks), why=next(iter(whys)) if len(whys) == 1 else ())


def _cleaned(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in map(clean, texts) if text)
