"""Plans made by hand, for the reports: an ordinary one, held ones, one with changes, one in a flare, one cleared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from liftback.facts.values import Facts, Known, Unknown
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plan_entries import Dose
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.clearance import Clearance, CriterionFound, LiftClearance, Signature
from liftback.plans.first_days import FirstDays, Step
from liftback.plans.flare import FlarePlan
from liftback.plans.parts import Item, Limits, Load, Parked, Plan, PlanDay, Rung, Track, Transition, Usual, UsualScore
from liftback.plans.record import Done, Judged, Record
from liftback.plans.targets import Target, Targets
from liftback.reasoning.findings import Reason, Said

PLANS = plan_knowledge(load_knowledge())
MONDAY = date(2026, 11, 23)
TODAY = date(2026, 11, 25)
SOURCE = "stay_active_cochrane"


def said(text: str, *, more: bool = False, sources: tuple[str, ...] = ()) -> Said:
    return Said(id="plans.sample", text=text, kind="practice", sources=sources, because=(), more=more)


UP = (said("A green one raises one thing: the load."), said("The load goes up at most once a week."))
DOWN = (said("Red that settles within two days makes it 20 % lighter; otherwise it goes a rung lower."),)


def load(weight: float, made_of: str, share: float = 0.6) -> Load:
    return Load(weight=weight, unit="kg", made_of=made_of, share=share, wanted=weight + 1)


def item(name: str, dose: Dose, /, **changed: Any) -> Item:
    base = Item(
        kind="lift", lift=name, exercise="", name=name, decision="kept", dose=dose, load=None, level=5, back_load=3,
        dose_on_back=0.1, why=(said("It leaves your back alone, so it stays as it is."),), up=UP, down=DOWN,
    )  # fmt: skip
    return replace(base, **changed)


BENCH = item("Bench Press (Barbell)", Dose(sets=3, reps=5, share=0.75, effort=8), load=load(80, "bar of 20, 30 a side"))
SQUAT = item(
    "Squat (Barbell)", Dose(sets=3, reps=5, share=0.5, effort=6), decision="capped", exercise="high_bar_squat",
    name="High-bar squat", load=load(60, "bar of 20, 20 a side"), tempo="3-1-1", rest_seconds=120,
    why=(said("It asks something of your back, so it stays, with a ceiling."), said("50 % of your single.")),
)  # fmt: skip
PULL = item(
    "Deadlift (Barbell)", Dose(sets=3, reps=5, share=0.5, effort=6), decision="swapped", dose_on_back=0.6,
    exercise="trap_bar_deadlift_high", name="Trap-bar deadlift, high handles",
    load=load(82.5, "bar of 20, 25 + 5 + 1.25 a side"),
    why=(said("This lift goes into the position that bothers you, so something that does not stands in for it."),),
)  # fmt: skip
DEAD_BUG = item(
    "Trunk", Dose(sets=3, reps=8), kind="rehab", decision="added", exercise="dead_bug", name="Dead bug", per_side=True,
    why=(said("To win movement and control back."),), up=(said("To leave it: 3 sets of 10 without losing the back."),),
    down=(said("If it makes you worse for more than half an hour, do less of it."),),
)  # fmt: skip
WALK = item(
    "Walking", Dose(minutes=5, times_a_day=3), kind="walk", decision="added", exercise="short_walks",
    name="Short walks", why=(said("Moving is better than resting in bed.", sources=(SOURCE,)),),
    up=(said("A calm day adds a minute."),),
    down=(said("Pain down a leg: stop and turn back."),),
)  # fmt: skip
BIKE = item(
    "Conditioning", Dose(minutes=20, effort=5), kind="conditioning", decision="added", exercise="bike_steady",
    name="Steady bike", why=(said("It keeps your wind without weight on the spine."),), up=(), down=(),
)  # fmt: skip


def day(place: int, *items: Item, trains: bool = True, back: float = 0.0) -> PlanDay:
    return PlanDay(day=MONDAY + timedelta(days=place), trains=trains, items=items, dose_on_back=back)


def usual(*weekdays: int, weight: float = 140) -> Usual:
    return Usual(sets=3, reps=5, weight=weight, unit="kg", weekdays=weekdays, single=160)


def track(lift: str, decision: str, weekdays: tuple[int, ...], **changed: Any) -> Track:
    dose = Dose(sets=3, reps=5, share=0.5)
    path = tuple(
        Rung(exercise=name, name=words, level=level, back_load=level, start=dose, top=dose, loaded=True)
        for level, (name, words) in enumerate((("pull_through", "Cable pull-through"), ("", lift)))
    )
    base = Track(
        lift=lift, kind="lift", pattern="hinge", back_load=7, spared=("flexion",), decision=decision, rule="sample",
        usual=usual(*weekdays), path=path, rung=0, dose=dose, state="building",
    )  # fmt: skip
    return replace(base, **changed)


def ordinary(**changed: Any) -> Plan:
    """The week of a back of moderate irritability: kept, capped and swapped lifts, and one that is parked."""
    rest = (DEAD_BUG, WALK)
    base = Plan(
        held=False, level=Level.self_manage, stop=(), ask_again=(), begun=MONDAY, today=TODAY, week=1, first_day=MONDAY,
        source="log", headline=(said("The same week, with stand-ins and ceilings where your back complains."),),
        limits=Limits(
            grade="moderate", spared=("flexion",), strict=False, pain_most=3.0, cap=0.9, cap_from="trajectory",
            hinge_sets=6, equipment=("barbell",), usual=UsualScore(score=2.0, recent=True),
        ),
        days=(
            day(0, BENCH, SQUAT, *rest, back=0.62), day(1, WALK, BIKE, trains=False, back=0.04),
            day(2, PULL, BENCH, *rest, back=0.84), day(3, WALK, trains=False), day(4, BENCH, *rest, back=0.31),
            day(5, WALK, BIKE, trains=False), day(6, WALK, trains=False),
        ),
        tracks=(
            track("Deadlift (Barbell)", "swapped", (2,)), track("Squat (Barbell)", "capped", (0,)),
            track("Clean Pull", "parked", (0, 4), state="waiting"),
        ),
        parked=(
            Parked(
                lift="Clean Pull", name="Clean Pull", stands_at="conventional deadlift, 3 x 3 at 100 kg",
                instead=("hip_thrust", "a lift of mine"), why=(said("Your back is set off easily by it."),),
                back_when=(
                    said("It stood at conventional deadlift, 3 x 3 at 100 kg. That is kept."),
                    said("CALM brings it back."),
                ),
            ),
        ),
        transitions=(), record=Record(),
        rules=tuple(said(f"RULE {name}.") for name in ("green", "amber", "red")),
        first_days=None, flare=None, targets=None, clearance=None,
        notes=(said("NOTE your smallest plates are not told."), said("NOTE in full.", more=True)),
        undecided=("onset",), because=(Reason(kind="fact", id="log", text="Your log", value="12 weeks", source="log"),),
        knowledge_version="1",
    )  # fmt: skip
    return replace(base, **changed)


def held(level: Level = Level.same_day, **changed: Any) -> Plan:
    """A plan that a warning sign stopped. It still carries its week, which must not be shown."""
    stop = (said("STOPPED because of numbness that is new."), said("Go through the warning signs now."))
    asked = ("saddle_numbness", "bladder_change")
    return ordinary(**{"held": True, "level": level, "stop": stop, "ask_again": asked, "stopped_on": TODAY} | changed)


def first_week() -> Plan:
    """Most of it parked, and nothing with a bar today."""
    waiting = tuple(
        track(name, "parked", (0, 2), state="waiting") for name in ("Deadlift (Barbell)", "Squat (Barbell)")
    )
    parked = tuple(
        Parked(
            lift=one.lift, name=one.lift, stands_at="3 x 5 at 100 kg", instead=(),
            why=(said("Your back is set off easily."),), back_when=(said("It is calmer."),),
        )
        for one in waiting
    )  # fmt: skip
    days = tuple(day(place, WALK, *([DEAD_BUG] if place != 2 else []), trains=place in (0, 2, 4)) for place in range(7))
    limits = Limits(
        grade="high", spared=("flexion", "load", "nerve"), strict=True, pain_most=2.0, cap=None, cap_from="",
        hinge_sets=None, equipment=(), usual=None,
    )  # fmt: skip
    return ordinary(days=days, tracks=waiting, parked=parked, limits=limits, notes=(), undecided=())


def changed() -> Plan:
    """A second week with changes, one of them red, and the record behind them."""
    lift = "Deadlift (Barbell)"

    def move(back: int, light: str | None, action: str, after: str) -> Transition:
        return Transition(
            day=TODAY - timedelta(days=back), lift=lift, light=light, action=action, before="building", after=after,
            why=(said(f"BECAUSE it was {light}."),), because=(),
        )  # fmt: skip

    told = Facts(
        {"pain_during": Known(value=6.0), "settled": Known(value=("two_days",)), "leg_after": Unknown(why="skipped")}
    )
    done = Done(day=TODAY - timedelta(days=2), lift=lift, exercise="pull_through", told=told, sets=3, reps=8, weight=40)
    squat = replace(move(3, None, "repeat", "building"), lift="Squat (Barbell)")
    calm = tuple(
        replace(move(back, "green", "up", "building"), lift=name)
        for back, name in ((2, "Bench Press (Barbell)"), (4, "Leg Press"))
    )
    return ordinary(
        week=2,
        transitions=(move(9, "green", "up", "building"), squat, *calm, move(2, "red", "lighter", "stepped_back")),
        record=Record(judged=(Judged(done=done, light="red", level=2, share=None, own_lift=False),)),
    )


def bare() -> Plan:
    """A plan with nothing in it, not even limits."""
    return ordinary(
        headline=(), limits=None, days=(), tracks=(), parked=(), rules=(), notes=(), undecided=(), because=()
    )


def criterion(name: str, lift: str, stage: str, *, met: bool | None) -> CriterionFound:
    words = f"{lift}: {name} is {met}." if lift else f"{name} is {met}."
    return CriterionFound(
        id=name, name=name, scope="lift" if lift else "overall", stage=stage, domain="pain", lift=lift, optional=False,
        met=met, text=said(words), because=(), missing=(), undecided=(),
    )  # fmt: skip


def on_the_way() -> Plan:
    """A plan whose clearance is still open: one criterion met, three missing, two of them shared by both lifts."""
    lifts = ("Deadlift (Barbell)", "Squat (Barbell)")
    each = tuple(
        LiftClearance(lift=lift, stage=None, criteria=(one, late), open=(one, late))
        for lift in lifts
        for one, late in [
            (criterion("CLEAN", lift, "train", met=False), criterion("HEAVY", lift, "unrestricted", met=None))
        ]
    )
    back = criterion("PAIN", "", "train", met=True)
    missing = tuple(one for lift in each for one in lift.open)
    found = Clearance(
        value="open", cleared=False, stage=None, held=(), lifts=each, overall=(back,), open=missing, signature=None,
        headline=(said("CLEARANCE is open."),), about=(said("ABOUT clearance."),), after=(), maintenance=(),
        undecided=(), because=(),
    )  # fmt: skip
    return ordinary(clearance=found)


def cleared() -> Plan:
    """A plan that a therapist has signed."""
    open_one = on_the_way().clearance
    assert open_one is not None
    signed = Signature(by="therapist", name="Dr. <Lift>", day=TODAY)
    found = replace(
        open_one, value="signed", cleared=True, stage="unrestricted", lifts=(), open=(), signature=signed,
        headline=(said("CLEARED by signature."),), after=(said("WATCH this."),), maintenance=(said("HOLD on."),),
    )  # fmt: skip
    return ordinary(clearance=found)


def steps(*names: str, now: int | None) -> tuple[Step, ...]:
    """A day for each name, the day `now` marked; all share when to be seen."""
    return tuple(
        Step(
            id=name, name=f"{name} day", from_hours=24 * place, to_hours=24 * (place + 1), now=place == now, because=(),
            do=(said(f"WALK on the {name}.", sources=(SOURCE,)),), why=said(f"BECAUSE {name} calms."),
            do_not=(said(f"Do not LIE on the {name}.", sources=(SOURCE,)),), seen_if=(said("NUMB between the legs."),),
        )
        for place, name in enumerate(names)
    )  # fmt: skip


def in_a_flare(day: int | None = 1, **changed: Any) -> Plan:
    """A plan with a flare on its second day; without a day, with what to do in the next one."""
    begun = None if day is None else TODAY - timedelta(days=day)
    found = FlarePlan(
        begun=begun, day=day, seen=(), definition=(said("FLARE words."), said("SIGNS first.")),
        ask=(
            replace(said("SADDLE sign", sources=(SOURCE,)), id="saddle_numbness"),
            replace(said("BLADDER sign", sources=(SOURCE,)), id="bladder_change"),
            replace(said("FEVER sign", sources=(SOURCE,)), id="fever"),
        ),
        steps=steps("first", "second", "third", now=day), rules=(said("RULE of flares."),), reassess=False,
        reassess_words=(), triggers=(said("TRIGGERS seen."),), lighter=(20.0, 30.0), because=(),
    )  # fmt: skip
    return ordinary(flare=replace(found, **changed), flare_begun=begun)


def tweaked(**changed: Any) -> Plan:
    """The day after a tweak."""
    found = FirstDays(
        day=1, seen=(), headline=(said("It began YESTERDAY."),), steps=steps("first", "second", "third", now=1),
        review=(said("REVIEW then."),), review_now=False, expects=(said("STUDIES saw."),), because=(), undecided=(),
    )  # fmt: skip
    return ordinary(first_days=replace(found, **changed))


def with_targets(*first: str) -> Plan:
    """A plan with three targets, some of them to begin with."""
    rows = tuple(
        Target(
            id=name, name=name.capitalize(), text=said(f"TARGET of {name}."), state="could_help", state_words="",
            sources=(), certainty="design_default", first=name in first,
        )
        for name in ("sleep", "protein", "walking")
    )  # fmt: skip
    words = f"MARKED are {', '.join(first)}." if first else "NONE comes first."
    return ordinary(targets=Targets(headline=(said(words),), first=first, rows=rows, because=(), undecided=()))
