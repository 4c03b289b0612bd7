"""What Liftback reads in a lifter's own words, sentence by sentence.

Each line is a sentence and what it raises: `gate = choice` is told and counts as that choice, `gate ?` is in doubt or a
reason to ask, and `-` raises nothing. The headings name the traps. A clinician can add a line without reading any code.
"""

from __future__ import annotations

import pytest

from liftback.facts.lexicon import ABSENT, ASK, lexicon_of
from liftback.facts.words import read_words
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge

TABLE = """
# 1 The negator is the symptom
I can't feel when I wipe                                          | saddle_numbness = wiping_differs
can’t feel anything when I wipe since Tuesday                     | saddle_numbness = wiping_differs
cant really feel the toilet paper                                 | saddle_numbness = wiping_differs
Haven't peed since last night                                     | bladder_change = cannot_pee
I havent been able to pee all day                                 | bladder_change = cannot_pee
not able to pee properly since the deadlift                       | bladder_change = cannot_pee
I can't tell when I need to pee any more                          | bladder_change = new_change
I have no bladder control since Monday                            | bladder_change = new_change
I don't feel it when I pee                                        | bladder_change = new_change
I can no longer feel my saddle area                               | saddle_numbness = new_numbness
no feeling between my legs                                        | saddle_numbness = new_numbness
I can't hold my poo in any more                                   | bowel_change = new_change
no control of my bowels since yesterday                           | bowel_change = new_change
I can't lift my left foot up                                      | leg_weakness = new_one_leg
I cannot feel my legs                                             | both_legs = new_or_worse
Nothing touches it, I am up every night                           | night_pain_constant = constant_rising
No position helps                                                 | night_pain_constant = constant_rising
Can't get hard since I hurt my back                               | sexual_change = new_change
# 2 Plain denial, and where it ends
No numbness between my legs, no trouble peeing                    | -
I am not numb down there                                          | -
I don't have any numbness in my groin                             | -
I haven't wet myself                                              | -
Never had cancer                                                  | -
denies saddle anaesthesia                                         | -
no fever no weight loss I can't pee                               | bladder_change ?
Out of nowhere I can't pee                                        | bladder_change ?
never smoked I am coughing blood                                  | chest_breath ?
no insurance my left foot drags                                   | leg_weakness ?
didnt hear a pop my left arm and leg went weak                    | arm_and_leg ?
33M, no meds, chest pain                                          | chest_breath ?
not diabetic both feet are numb since Sunday                      | both_legs ?
I can&#39;t pee since yesterday                                   | bladder_change = cannot_pee
[no fever] numb groin                                             | saddle_numbness ?
Numb groin, my wife has flu                                       | saddle_numbness ?
what causes drop foot? I've had it since yesterday                | leg_weakness = new_one_leg
Can't pee: yes, trauma: no                                        | bladder_change = cannot_pee
my gro\x07in is numb                                              | saddle_numbness = new_numbness
Groin numbness: none                                              | -
Numb between the legs? Nope.                                      | -
My foot doesn't drag                                              | -
no weakness but my foot drags                                     | leg_weakness = new_one_leg
No fever. Both legs are tingling                                  | both_legs = new_or_worse
No numbness except between my legs | both_legs = new_or_worse; saddle_numbness = new_numbness
No weakness or numbness besides my crotch                         | saddle_numbness = new_numbness
not numb, however I can't pee                                     | bladder_change = cannot_pee
No red flags though my urine is brown                             | dark_urine = dark_after_training
No numbness and I can't feel when I wipe                          | saddle_numbness = wiping_differs
No, I can't pee                                                   | bladder_change = cannot_pee
No idea why but both feet are numb                                | both_legs = new_or_worse
I have no doubt my groin is numb                                  | saddle_numbness = new_numbness
Not going to lie, I pissed myself on the way home                 | bladder_change = new_change
# 3 Double negation
It's not like I can't pee                                         | -
can't say I have numbness between my legs                         | -
It is not that I can't feel when I wipe                           | -
I'm not saying I can't pee                                        | -
# 4 Lists
no fever, chills, numbness or weakness                            | -
No fever, night sweats or weight loss                             | -
no chest pain, shortness of breath, or leg weakness               | -
no fever, numb toes                                               | both_legs ?; leg_numbness ?
no tingling, foot drags                                           | leg_weakness ?
No bladder or bowel problems                                      | -
No bowel/bladder issues                                           | -
No fever and chills                                               | -
no fever and numb feet                                            | both_legs ?
# 5 In doubt
I think my groin is a bit numb                                    | saddle_numbness ?
maybe a bit numb between my legs                                  | saddle_numbness ?
my foot kind of drags I guess                                     | leg_weakness ?
Not sure if my balls are numb                                     | saddle_numbness ?; sexual_change ?
Peeing feels weaker, could be my imagination but my stream is weak| bladder_change = new_change
numb down there maybe                                             | saddle_numbness ?
It seems like both legs are tingling                              | both_legs ?
Not sure why but my groin is numb                                 | saddle_numbness = new_numbness
# 6 Long ago, and still
I used to leak when I deadlift                                    | -
Numb between the legs two years ago, it went away                 | -
Wet myself as a kid                                               | -
Had a kidney stone years ago                                      | -
Numb between the legs two years ago and still now                 | saddle_numbness = new_numbness
I've leaked a bit of pee for years when I jump                    | -
I leak when I deadlift, since childbirth                          | -
had a fever last year                                             | -
My foot has been dragging since Tuesday                           | leg_weakness = new_one_leg
I had breast cancer eight years ago                               | cancer_history = cancer_ever
I had testicular cancer as a teenager                             | cancer_history = cancer_ever
Diagnosed with osteoporosis two years ago                         | fragile_bone = known_thin
# 7 Somebody else
My wife had cauda equina and couldn't pee                         | -
my dad had prostate cancer                                        | -
A mate of mine pissed himself deadlifting                         | -
my training partner has osteoporosis                              | -
A client of mine had foot drop                                    | -
He couldn't pee for a day                                         | -
My coach says my foot drags                                       | leg_weakness = new_one_leg
My wife noticed that I drag my foot                               | leg_weakness = new_one_leg
My girlfriend says I was shaking uncontrollably                   | fever = rigors_or_very_ill
# 8 Imagined, read, asked
Should I worry about losing bladder control?                      | -
I read that a disc can cause numbness between the legs            | -
What if I lose control of my bladder                              | -
I'm scared of losing bladder control                              | -
The doctor asked me about numbness between my legs                | -
What are the signs of cauda equina, like saddle numbness?         | -
I googled saddle anaesthesia                                      | -
Watch out for numbness in the groin, they said                    | -
Should I worry that I can't feel when I wipe?                     | saddle_numbness = wiping_differs
Is it normal that both my feet are numb?                          | both_legs = new_or_worse
worried because my groin is numb                                  | saddle_numbness = new_numbness
# 9 Only with effort: it depends on since when, so we ask
if I squat heavy I leak                                           | bladder_change ?
I leak a bit when I cough                                         | bladder_change ?
I leak pee on heavy deadlifts                                     | bladder_change ?
# 10 Both sides
pins and needles in both feet                                     | both_legs = new_or_worse
both legs on fire when I bend                                     | both_legs = new_or_worse
Sciatica down both legs                                           | both_legs = new_or_worse
bilateral sciatica since the weekend                              | both_legs = new_or_worse
numb from the waist down                                          | both_legs = new_or_worse; saddle_numbness ?
tingling down left and right leg                                  | both_legs = new_or_worse
First it was the left leg and now the right                       | both_legs = new_or_worse
Tingling in my legs                                               | both_legs = new_or_worse
pain down my left leg to the knee                                 | -
# 11 Typing, signs and case
CANT FEEL WHEN I WIPE!!!                                          | saddle_numbness = wiping_differs
dont feel  anything   when i wipe                                 | saddle_numbness = wiping_differs
i  peed    myself 😳 this morning                                 | bladder_change = new_change
Numb  “down there”                                                | saddle_numbness = new_numbness
havent pee'd since yesterday                                      | bladder_change = cannot_pee
toilet paper feels weird                                          | saddle_numbness = wiping_differs
# 12 A bare no covers nothing
No                                                                | -
nope, all good                                                    | -
# 13 Gym words
legs dead after squats                                            | -
My legs were like jelly after leg day                             | -
glutes asleep after RDLs                                          | -
Nearly pissed myself laughing                                     | -
shat myself when I saw the weight                                 | -
I ripped my back on the third rep                                 | -
tore my lat last month                                            | -
Massive back pump during deadlifts                                | -
My back was pumped                                                | -
can't feel my glutes fire                                         | -
I can't feel my lats working on rows                              | -
weak off the floor                                                | -
weak core and my back gave out                                    | -
saddle sore from cycling                                          | -
quads on fire after 20 rep squats                                 | -
Both legs sore since leg day                                      | -
I was cutting and lost 6 kg                                       | -
Lost 5 kg on purpose for the meet                                 | -
dropped 20 kg from my squat                                       | -
I pee a lot because of creatine                                   | -
peed blue-green after B vitamins                                  | -
My pee is dark yellow                                             | -
tren sweats every night                                           | -
Beta alanine tingles all over my face                             | -
Set the rack pins at knee height and my gear was new              | -
this rep is killing me                                            | -
Can't finish my sets because of the pain                          | -
I can't go heavy at the moment                                    | -
Chest sore from bench                                             | -
Sled drags are fine                                               | -
No libido on cycle                                                | -
a hypertrophy cycle of six weeks                                  | -
# What lifters really report
Peeing like coke after the workout                                | dark_urine = dark_after_training
my urine is the colour of tea                                     | dark_urine = dark_after_training
my wee has gone really dark                                       | dark_urine = dark_after_training
Back is like a plank since the deadlift challenge                 | rigid_back = rigid
lower back feels rock hard and it won't calm down                 | rigid_back = rigid
Numb patch on my lower back                                       | rigid_back = numb_skin
Right foot slaps when I walk                                      | leg_weakness = new_one_leg
My toes keep catching on the stairs                               | leg_weakness = new_one_leg
knee buckles on the stairs                                        | leg_weakness = new_one_leg
My legs won't move                                                | leg_weakness = both_legs
It was like sitting on a cushion                                  | saddle_numbness = new_numbness
My balls are numb | saddle_numbness = new_numbness; sexual_change = new_change
my taint feels tingly                                             | saddle_numbness = new_numbness
numb bum                                                          | saddle_numbness ?
sex feels numb                                                    | sexual_change = new_change
Crapped myself on the drive home                                  | bowel_change = new_change
dribbling without noticing                                        | bladder_change = new_change
I have to push hard to pee                                        | bladder_change = new_change
My bladder feels weird                                            | bladder_change = new_change
The bar fell on my back                                           | trauma = major
I fell off a ladder                                               | trauma = major
Heard a crack                                                     | trauma ?
Slipped on the ice and landed on my bum                           | trauma = major
fever of 38.5                                                     | fever = measured
38,9 degrees since last night                                     | fever = measured
can't stop shivering                                              | fever = rigors_or_very_ill
soaked the sheets                                                 | fever = measured
I've had the shivers                                              | fever = measured
I lost 10 kg without trying                                       | weight_loss = unplanned_clear
lost a stone, not dieting                                         | weight_loss = unplanned_clear
My trousers are falling off                                       | weight_loss ?
My glute jab site is red and swollen                              | injection_or_infection = lump_or_rest_pain
been pinning test                                                 | injection_or_infection = risk_only
I'm on gear                                                       | injection_or_infection ?
I took steroids                                                   | steroids_oral ?
on prednisone for my asthma                                       | steroids_oral = tablets_months
I take blood thinners                                             | blood_thinner = thinner_mild
Ripping pain between my shoulder blades                           | aortic = sudden_tearing
I passed out                                                      | aortic ?
worst headache of my life                                         | thunderclap = sudden_worst
Chest pain when I breathe                                         | chest_breath = chest_or_breath
blood in my pee                                                   | renal_colic = blood_in_urine
pain comes in waves                                               | renal_colic = waves
It burns when I pee                                               | urinary_infection = burning_only
I might be pregnant                                               | pregnancy_pelvic ?
My period is late                                                 | pregnancy_pelvic = late_period_mild
found a lump on my testicle                                       | testicular = lump_or_ache
a stripe of blisters on one side                                  | shingles = blisters
My hands are clumsy and I keep dropping my keys                   | cord_signs = clear_signs
left arm and leg went numb                                        | arm_and_leg = sudden; leg_numbness ?
My face is drooping                                               | arm_and_leg = sudden
stiff for an hour every morning                                   | inflammatory_pattern = two_or_more
No better after six weeks                                         | no_improvement = not_better
sharp pain when I arch my back                                    | pars_pattern ?
# Sentences that were tried against the finished reader
Went for a wee and couldn't start, stood there for five minutes   | bladder_change = new_change
i only know i'm peeing because i hear it                          | bladder_change = new_change
feels like i've had a dental injection down there                 | saddle_numbness = new_numbness
pins and needles in both hands                                    | -
My right big toe won't come up any more                           | leg_weakness = new_one_leg
I can walk on my toes fine and my heels fine                      | -
Bladder and bowel normal                                          | -
still pee fine, still feel everything when i wipe                 | -
My doctor ruled out cauda equina and cancer                       | -
family history of breast cancer                                   | -
grandmother died of bone cancer                                   | -
peed a little when I sneezed, never did before                    | bladder_change = effort_leak_new
Hurt my back 3 weeks ago. Past two days I'm wetting myself a bit. | bladder_change = new_change
no numbness in the legs, but down there feels weird               | saddle_numbness = new_numbness
I was told to look out for numbness down there but I have none    | -
used to have back pain, now my groin is numb                      | saddle_numbness = new_numbness
Could this be cauda equina? My saddle area is numb                | saddle_numbness = wiping_differs
I'm not sure whether my stream is weaker                          | bladder_change ?
wasn't hit by a car or anything                                   | -
Not numb anywhere, pee fine, but the toes of my right foot won't lift | leg_weakness = new_one_leg
I've had a fever blister and a cold last week                     | -
Doing hip thrusts I felt it between my shoulder blades            | -
I almost wet myself, the drive was so long                        | -
numbness in my left foot back in 2019, fully recovered            | -
# What trying to be missed found: red flags inside gym talk
my legs have been numb since deadlifts on Tuesday                 | both_legs = new_or_worse
legs feel numb after squats yesterday                             | both_legs = new_or_worse
legs feel weak since the deadlift session 3 days ago | leg_weakness = both_legs; rigid_back = swollen_or_weak
legs still weak 3 days after squats | leg_weakness = both_legs; rigid_back = swollen_or_weak
both my calves burn when I bend                                   | both_legs = new_or_worse
quads on fire and numb after squats                               | -
deadlifted so hard I peed myself                                  | bladder_change = new_change
laughed so hard I peed myself                                     | -
shat myself when I pulled 220                                     | bowel_change = new_change
chest pain after bench                                            | chest_breath = chest_or_breath
I am not cutting, lost 10 kg                                      | weight_loss = unplanned_clear
libido and erections gone since my back went                      | sexual_change = new_change
# Years of lifting are not years of the sign
been lifting for 10 years and my groin is numb                    | saddle_numbness ?
I've always trained heavy and both feet are numb                  | both_legs ?
hurt my back 3 months ago, groin numb                             | saddle_numbness = new_numbness
numb between my legs for years                                    | saddle_numbness ?
on prednisone for two years                                       | steroids_oral = tablets_months
had a disc thing in 2019 with foot drop, recovered fully          | -
# A no that belongs to something else
I don't deadlift anymore bc my foot drags                         | leg_weakness = new_one_leg
it's not the pain, it's the numb groin                            | saddle_numbness = new_numbness
never felt my groin numb like this                                | saddle_numbness = new_numbness
no history of cancer except melanoma removed 2010                 | cancer_history = cancer_ever
he said it's nothing, both my feet are numb                       | both_legs = new_or_worse
the doctor asked about saddle numbness and yes I have that        | saddle_numbness = wiping_differs
# How people put it
only a trickle comes out since Sunday                             | bladder_change = new_change
takes me forever to pee                                           | bladder_change = new_change
no urge to pee anymore                                            | bladder_change = new_change
peeing feels different                                            | bladder_change = new_change
had an accident on the way to the loo                             | bladder_change ?
my balls r numb since fri | saddle_numbness = new_numbness; sexual_change = new_change
bum crack is numb                                                 | saddle_numbness = new_numbness
is it bad if you can't feel when you wipe?                        | saddle_numbness = wiping_differs
hands got clumsy, drop my keys all the time                       | cord_signs = clear_signs
dropped 180 on my back in a squat                                 | trauma = major
my right calf is swollen and warm                                 | chest_breath = swollen_leg
period is 2 weeks late                                            | pregnancy_pelvic = late_period_mild
I don't have cancer any more                                      | cancer_history = cancer_ever
groin not numb but can't feel the paper                           | saddle_numbness = wiping_differs
on methotrexate                                                   | injection_or_infection = risk_only
# A whole story
A pop on my third rep. Stiff since then, cannot sit. No numbness or weakness, peeing fine. | -
Sciatica swapped to both legs, the paper feels odd | both_legs = new_or_worse; saddle_numbness = wiping_differs
"""


def lines() -> list[tuple[str, str]]:
    rows = [line.rpartition("|") for line in TABLE.splitlines() if line.strip() and not line.startswith("#")]
    return [(sentence.strip(), raised.strip()) for sentence, _, raised in rows]


def raised_by(sentence: str) -> set[str]:
    """What the words raise, as the table writes it."""
    found = (one for one in read_words(sentence, load_knowledge()) if one.counts)
    return {f"{one.gate} = {one.choice}" if one.state == "present" else f"{one.gate} ?" for one in found}


@pytest.mark.parametrize(("sentence", "raised"), lines())
def test_words(sentence: str, raised: str) -> None:
    expected = set() if raised == "-" else {part.strip() for part in raised.split(";")}
    assert raised_by(sentence) == expected


STATES = [
    ("I am not numb down there", "absent"),
    ("groin numbness: none", "absent"),
    ("Should I worry about losing bladder control?", "hypothetical"),
    ("can a bulging disc make your feet numb?", "hypothetical"),
    ("I used to leak when I deadlift", "past"),
    ("numb feet in 2015, all healed", "past"),
    ("my training partner has osteoporosis", "other_person"),
    ("dad takes warfarin", "other_person"),
    ("maybe a bit numb between my legs", "unsure"),
    ("I leak a bit on heavy deadlifts", "unsure"),
    ("a bit numb between my legs", "present"),
    ("still numb between my legs since 2015", "present"),
]


@pytest.mark.parametrize(("sentence", "state"), STATES)
def test_how_it_is_meant(sentence: str, state: str) -> None:
    assert [one.state for one in read_words(sentence, load_knowledge())] == [state]


def test_the_place_of_a_phrase_is_the_place_in_the_text_as_written() -> None:
    text = "Hmm…  I  CAN’T  feel when I wipe, since Tuesday."
    (signal,) = read_words(text, load_knowledge())
    assert text[signal.start : signal.end] == signal.quote == "CAN’T  feel when I wipe"


def test_every_phrase_means_a_choice_that_raises_its_gate() -> None:
    questions = load_knowledge().questions
    for meaning in lexicon_of(load_knowledge()).meanings:
        if meaning.choice not in (ASK, ABSENT):
            assert (questions[meaning.question].level_of(meaning.choice) or 0) > Level.self_manage, meaning


def test_every_gate_question_has_words() -> None:
    assert set(load_knowledge().gate_questions) == {one.question for one in lexicon_of(load_knowledge()).meanings}


def test_a_denial_of_one_gate_does_not_hide_another() -> None:
    assert raised_by("no fever, my groin is numb") == {"saddle_numbness = new_numbness"}


def test_the_table_is_long_enough_and_names_no_sentence_twice() -> None:
    sentences = [sentence for sentence, _ in lines()]
    assert len(sentences) >= 120
    assert len(set(sentences)) == len(sentences)
