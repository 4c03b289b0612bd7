"""What a lifter's own words tell of their story, and what they do not: a table that a clinician can read."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.facts.answers import AnswerError, read_answer
from liftback.facts.told import EXTRA, Told, read_told
from liftback.facts.values import Known
from liftback.knowledge.loader import load_knowledge

TODAY = date(2026, 11, 23)  # a Monday
KNOWLEDGE = load_knowledge()

# One sentence a line: what was typed | question = value; ... A value of several choices is written with "+".
TELLS = """
felt a pop in my lower back | how_it_began = moment; moment_feel = pop
Something popped on rep 3 | how_it_began = moment; moment_feel = pop
I heard a loud pop and had to stop | how_it_began = moment; moment_feel = pop; function_after = stopped
felt a sharp stab, could barely walk afterwards
  | how_it_began = moment; moment_feel = stab; function_after = trouble_moving
felt something pull but I finished the session
  | how_it_began = moment; moment_feel = pull; function_after = carried_on
my back gave way and I couldn't stand up
  | how_it_began = moment; moment_feel = gave_way; function_after = trouble_moving
got a sudden twinge, carried on training | how_it_began = moment; moment_feel = pinch; function_after = carried_on
felt a pop and a sharp pain | how_it_began = moment; moment_feel = pop + stab
Tweaked my back yesterday | how_it_began = moment; onset = 2026-11-22
I tweaked it three days ago | how_it_began = moment; onset = 2026-11-20
put my back out last Tuesday | how_it_began = moment; onset = 2026-11-17
did my back in picking up a box | how_it_began = moment; onset_activity = picking_up
threw my back out sneezing | how_it_began = moment; onset_activity = coughing_or_sneezing
hurt my back shovelling snow on Saturday | how_it_began = moment; onset_activity = work_at_home; onset = 2026-11-21
I strained my back deadlifting 2 weeks ago
  | how_it_began = moment; main_lifts = deadlift; onset_lift = deadlift; onset = 2026-11-09
tweaked it on the third rep of 180 kg deadlifts
  | how_it_began = moment; main_lifts = deadlift; onset_lift = deadlift; onset_load = 180 kg
My back went while squatting 140kg
  | how_it_began = moment; main_lifts = squat; onset_lift = squat; onset_load = 140 kg
felt a pop in my back at 405 lbs deadlift
  | how_it_began = moment; moment_feel = pop; main_lifts = deadlift; onset_lift = deadlift; onset_load = 405 lb
Yesterday I was deadlifting for a triple and felt a pop
  | how_it_began = moment; moment_feel = pop; main_lifts = deadlift; onset_lift = deadlift; onset = 2026-11-22
hurt myself on cleans | how_it_began = moment; main_lifts = olympic; onset_lift = olympic
pulled something doing bent over rows | how_it_began = moment; main_lifts = row; onset_lift = row
pain started the day after squats | how_it_began = after_training; main_lifts = squat
it came on a few hours after training | how_it_began = after_training
back was sore the morning after deadlifts | how_it_began = after_training; main_lifts = deadlift
Felt fine during the session, next morning I had pain | how_it_began = after_training
it crept up on me over the last few weeks | how_it_began = crept_up
came on gradually, no injury | how_it_began = crept_up
The pain built up slowly over time | how_it_began = crept_up
woke up with it | how_it_began = woke_with_it
I woke up with a stiff back this morning | how_it_began = woke_with_it; onset = 2026-11-23
it started two weeks ago | onset = 2026-11-09
Started on 14 November | onset = 2026-11-14
been hurting since Tuesday | onset = 2026-11-17
sore since Monday | onset = 2026-11-23
back pain for 2 weeks now | onset = 2026-11-09
I've had this for 10 days | onset = 2026-11-13
it's been 10 days | onset = 2026-11-13
my back has hurt for a fortnight | onset = 2026-11-09
lower back pain since the day before yesterday | onset = 2026-11-21
I have pain in back since 3 days | onset = 2026-11-20
3 weeks of back pain | onset = 2026-11-02
for the past week my back has been sore | onset = 2026-11-16
pain began a couple of days ago | onset = 2026-11-21
It's on the left side of my lower back | pain_location = one_side; side = left
pain is across my lower back | pain_location = both_sides
Both sides of my back are tight | pain_location = both_sides; side = both
dead centre of my lower back | pain_location = centre
I can point to it with one finger, right side | pain_location = one_side; side = right
the ache is mostly in my left glute | pain_location = buttock; side = left
lower right back | pain_location = one_side; side = right
no leg pain | leg_symptoms = none
doesn't go down the leg | leg_symptoms = none
it stays in my back | leg_symptoms = none
Pain runs down my leg to my calf | leg_symptoms = below_knee
shooting pain all the way down to my foot | leg_symptoms = below_knee
goes into my hamstring every time I bend | leg_symptoms = above_knee_provoked
sometimes it goes into my thigh but passes | leg_symptoms = above_knee_brief
my right calf is tingling | leg_symptoms = below_knee; side = right
worse with sitting | worse_with = sitting
Worse when I sit or drive | worse_with = sitting
hurts when I bend over | worse_with = bending
it hurts to put my socks on | worse_with = bending; provoked_by = everyday
bending forward kills me | worse_with = bending
sitting and standing both hurt | worse_with = sitting + standing
Sitting, bending and driving make it worse | worse_with = sitting + bending
worse in the mornings | worse_with = mornings
it's worst first thing in the morning | worse_with = mornings
stiff in the morning and sore by the end of the day | worse_with = mornings + end_of_day
aggravated by arching back | worse_with = arching
hurts when I lean back | worse_with = arching
hurts at lockout | worse_with = arching
overhead pressing hurts | worse_with = overhead; main_lifts = overhead
walking downhill makes it worse | worse_with = downhill
worse carrying shopping | worse_with = carrying
running and jumping aggravate it | worse_with = impact
hurts when I cough | worse_with = cough_sneeze
Coughing hurts | worse_with = cough_sneeze
when I twist I get pain | worse_with = twisting
rolling over in bed is agony | worse_with = twisting; provoked_by = everyday
standing on one leg hurts | worse_with = one_leg
it is sore with the bar on my back | worse_with = bar_on_back
worse with sitting, better with walking | worse_with = sitting; better_with = walking
Sitting is fine, standing hurts | worse_with = standing
hurts bending, sitting doesn't | worse_with = bending
can't sit for long without pain | worse_with = sitting
nothing makes it worse | worse_with = none
it pains when I sit | worse_with = sitting
walking helps | better_with = walking
better when I lie down | better_with = lying
heat and walking help | better_with = walking + heat
a hot shower eases it | better_with = heat
eases when I move around | better_with = moving
nothing helps | better_with = nothing
Nothing helps except lying down | better_with = lying
The only thing that helps is lying flat | better_with = lying
leaning forward relieves it | better_with = bending_forward
feels better arching back | better_with = arching_back
settles after an hour | settles_after = within_day
it calms down within 10 minutes | settles_after = half_hour
goes away in half an hour | settles_after = half_hour
takes two days to settle | settles_after = longer_than_day
lingers for days | settles_after = longer_than_day
gone by the next morning | settles_after = within_day
the pain never settles | settles_after = constant
constant pain | settles_after = constant
loosens up once warmed up | warms_up = better
it's fine once I'm warm | warms_up = better
warming up makes it worse | warms_up = worse
warming up doesn't help | warms_up = no_change
eases with the warm up then stiffens up later | warms_up = better_then_worse
only hurts when I go heavy | provoked_by = heavy_training
even the empty bar hurts | provoked_by = light_load
no pain at night | night_rest_pain = none
I sleep fine | night_rest_pain = none
wakes me up every night | night_rest_pain = most_nights
sometimes wakes me at night when I roll over | night_rest_pain = sometimes
back is sore 3-4 days after I deadlift
  | sore_how_long = three_to_four_days; sore_days = 3-4 days; main_lifts = deadlift
usually sore for two days after squats | sore_how_long = up_to_2_days; sore_days = 2 days; main_lifts = squat
doms in my back lasts 5 days | sore_how_long = longer; sore_days = 5 days
it's worst on day two then better | sore_course = peaks_then_falls
still sore after the third day | sore_course = flat_or_rising
dull ache only after heavy sessions, gone in three days | after_heavy_only = yes; provoked_by = heavy_training
every time I deadlift it flares up | same_lift_again = yes; main_lifts = deadlift
squats always trigger it | same_lift_again = yes; main_lifts = squat
I was going for a PR attempt | new_or_harder = yes
first time doing sumo | new_or_harder = yes; main_lifts = deadlift
went heavier than usual | new_or_harder = yes
I'd just started a new program | new_or_harder = yes
same weights as always | new_or_harder = no
nothing new in training | new_or_harder = no
there's a pinch when I lean back to the right | pinch_one_direction = yes; side = right; worse_with = arching
catches when twisting left | pinch_one_direction = yes; worse_with = twisting
coughing sends pain down my leg | cough_leg_pain = yes; worse_with = cough_sneeze
first time this has happened | earlier_episodes = none
never had back pain before | earlier_episodes = none
I had this once before, years ago | earlier_episodes = one_or_two
second time I've done this | earlier_episodes = one_or_two
third time this year it has happened | earlier_episodes = more_than_two
my back keeps going | earlier_episodes = more_than_two
happens a few times a year | earlier_episodes = more_than_two
I squat, bench and deadlift | main_lifts = deadlift + squat + bench
I'm a powerlifter | main_lifts = deadlift + squat + bench
mostly crossfit and some olympic lifting | main_lifts = olympic + crossfit
it had been niggling for weeks before | achy_bouts_before = yes
doesn't really affect my daily life | daily_limits = little
I can't do anything | daily_limits = most
haven't seen anyone yet | seen_by = no
saw a physio last week | seen_by = physical_therapist
My GP said it's muscular | seen_by = doctor
been to a chiropractor | seen_by = other
MRI booked for Friday | doing_now = scan_planned
just been resting | doing_now = only_rest
taking ibuprofen so I can train | doing_now = pills_to_train; medicines = ibuprofen
took some advil and tylenol | medicines = ibuprofen + paracetamol
ibuprofen doesn't touch it | medicines = ibuprofen
pain is 6/10 now | pain_now = 6
4 out of 10 today | pain_now = 4
right now it's about a 3/10 | pain_now = 3
pain 6-7/10 at the moment | pain_now = 7
8/10 at its worst | pain_worst = 8
worst pain 9/10 | pain_worst = 9
started yesterday, no actually two days ago | onset = 2026-11-21
left side, no wait, right side | pain_location = one_side; side = right
"""

# The traps: denied, somebody else's, imagined, long past, training history and gym talk.
TRAPS = """
no pain sitting | -
it isn't worse with bending | -
not worse when I sit | -
doesn't hurt when I cough | -
I don't deadlift | -
haven't taken any ibuprofen | -
I didn't feel a pop | -
no pop, no pinch | -
my dad's back went when he was gardening | -
My mate tweaked his back deadlifting | -
a friend had back pain for 3 weeks | -
my coach hurt his back squatting | -
what if I hurt my back? | -
should I get an MRI? | -
can deadlifts cause back pain? | -
should I take ibuprofen? | -
if it gets worse when sitting should I worry | -
I've been lifting for ten years | -
lifting for 3 weeks | -
I am 34 years old | -
had an operation 3 weeks ago | -
on this program for 6 weeks | -
rested for 2 weeks | -
I used to get pain sitting | -
hit a 200 kg deadlift PR | main_lifts = deadlift
trained three days in a row | -
RPE 8/10 | -
effort was 9/10 today | -
5x5 at 100 kg | -
right after the session I left the gym | -
it was 9/10 when it happened | -
I pulled 180 for a triple | -
ripped jeans | -
allergic to ibuprofen | -
good mornings today | main_lifts = deadlift
back day tomorrow | -
leg day was great | -
my knee hurts | -
going for a walk | -
gym is on the left | -
good morning everyone | -
the pain is worse some days and better on others | -
should be better in the morning | -
I hope it settles within a day | -
ran out of chalk | -
getting better, I can sit again | -
maybe it hurts when I sit | -
sat in the car for three hours | -
my knee gave way on squats | main_lifts = squat
it might be worse with bending | -
can I still squat? | -
sweat running down my leg | -
I want to hit a PR next month | -
sore knee for 2 weeks | -
hurts for 5 minutes after | -
It takes me half an hour to get to the gym | -
had my appendix out last year | -
did my back workout on Friday | -
worked as a physio for ten years | -
"""


def rows(table: str) -> list[tuple[str, str]]:
    """The rows of a table: what was typed, and what it tells; a row goes on where a line begins with a space."""
    lines = table.strip().replace("\n ", " ").splitlines()
    return [(typed.strip(), " ".join(tells.split())) for typed, _, tells in (line.rpartition("|") for line in lines)]


def shown(told: tuple[Told, ...]) -> str:
    """What was told, as the table has it, in the order of names."""
    return "; ".join(sorted(f"{one.question} = {plain(one.value)}" for one in told)) or "-"


def plain(value: object) -> str:
    """A value as the table has it."""
    if isinstance(value, tuple):
        return " + ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def as_told(tells: str) -> str:
    """The facts of a row in the order of names."""
    return "; ".join(sorted(one.strip() for one in tells.split(";")))


@pytest.mark.parametrize(("typed", "tells"), rows(TELLS) + rows(TRAPS))
def test_a_sentence_tells(typed: str, tells: str) -> None:
    assert shown(read_told(typed, KNOWLEDGE, TODAY)) == as_told(tells)


def test_most_of_the_table_is_there() -> None:
    assert len(rows(TELLS)) + len(rows(TRAPS)) >= 130
    assert len(rows(TRAPS)) >= 35


PIECES = [line[0] for line in rows(TELLS) + rows(TRAPS)]
NUMBERS = ["10", "/10", "99999", "3-4", "1e9", "٣", "²", "kg", "days", "ago", "since", "weeks", "pain", "now", "worst"]
texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=9)), max_size=5).map(" ".join),
    st.lists(st.sampled_from(" ".join(PIECES).split()), max_size=30).map(" ".join),
    st.lists(st.sampled_from(NUMBERS)).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_any_text_is_read_and_every_fact_is_valid(text: str) -> None:
    told = read_told(text, KNOWLEDGE, TODAY)
    assert [one.start for one in told] == sorted(one.start for one in told)
    assert len({one.question for one in told}) == len(told)
    for one in told:
        assert one.quote == text[one.start : one.end]
        assert one.quote.strip()
        assert valid(one)


def valid(told: Told) -> bool:
    """Whether the value is an answer to its question that reads back to itself."""
    question = KNOWLEDGE.questions.get(told.question)
    if question is None:
        return told.question in EXTRA and bool(told.value)
    raw = list(told.value) if isinstance(told.value, tuple) else told.value
    try:
        fact = read_answer(question, raw, TODAY)
    except AnswerError:
        return False
    return isinstance(fact, Known) and fact.value == told.value
