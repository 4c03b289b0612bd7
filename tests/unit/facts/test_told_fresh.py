"""Sentences written after the phrases, to see how far they reach; what was missed at first is read by now."""

import pytest

from liftback.facts.told import read_told
from tests.unit.facts.test_told import KNOWLEDGE, TODAY, as_told, rows, shown

LATER = """
Was pulling 200kg for reps on Saturday and on the 4th rep felt something go in my lower back, right hand side
  | how_it_began = moment; main_lifts = deadlift; onset_lift = deadlift; onset_load = 200 kg;
    onset = 2026-11-21; pain_location = one_side; side = right
Can't tie my shoes without pain but once I'm moving it's ok
  | worse_with = bending; provoked_by = everyday; better_with = moving
Five days ago my back seized up after picking my toddler up off the floor
  | how_it_began = moment; onset = 2026-11-18; onset_activity = picking_up
Sitting at my desk all day is the worst, getting up and walking around helps
  | worse_with = sitting; better_with = walking
It's a dull ache across the low back, no pain in the legs, sleeping fine
  | pain_location = both_sides; leg_symptoms = none; night_rest_pain = none
Coach thinks it's a muscle strain | -
Pain shoots down the back of my left leg into the foot when I sneeze
  | leg_symptoms = below_knee; side = left; cough_leg_pain = yes; worse_with = cough_sneeze
This has been going on for about 3 weeks | onset = 2026-11-02
I've never had any back issues before this | earlier_episodes = none
My wife says I should stop deadlifting | main_lifts = deadlift
tweaked it warming up with 60 kilos on squat, of all things
  | how_it_began = moment; main_lifts = squat; onset_lift = squat; onset_load = 60 kg
It doesn't hurt to sit | -
currently 5/10, worst has been 8 out of 10 | pain_now = 5; pain_worst = 8
Usually I'm fine by the next morning | -
stiff for the first hour in the morning then it loosens up | worse_with = mornings
pain comes when I bend down for the bar and when I lock out | worse_with = bending + arching
No specific incident, just gradually got worse over a few weeks | how_it_began = crept_up
saw my doctor on Thursday and he gave me naproxen | seen_by = doctor; medicines = naproxen
physio appointment is next week | -
last year my brother slipped a disc deadlifting | -
I train olympic weightlifting and a bit of strongman | main_lifts = olympic + strongman
heard a click in my back when I cleaned 100kg
  | how_it_began = moment; main_lifts = olympic; onset_lift = olympic; onset_load = 100 kg
Had to cut the session short and could hardly get in the car | -
laying on my stomach makes it worse, child's pose feels good | worse_with = arching; better_with = bending_forward
Every time I go over 140 kg on deadlift my back is wrecked for a week | same_lift_again = yes; main_lifts = deadlift
I have had back pain on and off for years | earlier_episodes = more_than_two
heating pad and ibuprofen take the edge off | better_with = heat; medicines = ibuprofen
i think i pulled a muscle in my lower back doing rdls yesterday | main_lifts = deadlift
my lower back is killing me since leg day on friday | onset = 2026-11-20
How long will it take before I can squat again? | -
turned over in bed last night and it caught me | -
Better when I'm lying on my back with knees up, worse standing in queues | better_with = lying; worse_with = standing
It hurts less when I walk | better_with = walking
the pain is on both sides, worse on the right | pain_location = both_sides
My gym buddy took 400mg ibuprofen before every session | -
woke up this morning and couldn't straighten up
  | onset = 2026-11-23; how_it_began = woke_with_it; function_after = trouble_moving
Done my back in on the rowing machine two nights ago | how_it_began = moment; onset = 2026-11-21
sore but nothing serious, finished my workout fine | function_after = carried_on
got an MRI next Monday, doc reckons disc | doing_now = scan_planned; seen_by = doctor
I jumped 20kg on my squat that week | new_or_harder = yes; main_lifts = squat
deadlift pr attempt at 220kg last thursday, back rounded and felt a sharp pain straight away
  | how_it_began = moment; moment_feel = stab; main_lifts = deadlift; onset_lift = deadlift;
    onset_load = 220 kg; onset = 2026-11-19; new_or_harder = yes
I was squatting, hit the hole and my lower back just gave out
  | how_it_began = moment; moment_feel = gave_way; main_lifts = squat; onset_lift = squat
No injury, just a nagging ache that came on slowly over a couple of months | how_it_began = crept_up
the pain started about a week ago after a heavy deadlift session
  | how_it_began = after_training; onset = 2026-11-16; main_lifts = deadlift
sharp twinge when getting out of the car | -
can't sit longer than five minutes | worse_with = sitting; provoked_by = everyday
Driving is murder | worse_with = sitting
mornings are the worst, takes me an hour to loosen up | worse_with = mornings
my physio told me to keep lifting | seen_by = physical_therapist
never had any trouble with my back till now | earlier_episodes = none
this is the fourth time in two years | earlier_episodes = more_than_two
my sister gets sciatica down to her foot | -
Would a belt have prevented it? | -
pain on bending, none on walking | worse_with = bending
it's in the middle, just above my belt line | pain_location = centre
tight band across my lower back both sides after every heavy squat day, gone in two days
  | pain_location = both_sides; side = both; main_lifts = squat
Left glute pain, sometimes into the hamstring for a few seconds
  | pain_location = buttock; side = left; leg_symptoms = above_knee_brief
Nothing down the legs thankfully | leg_symptoms = none
7/10 this morning, 3/10 now | -
pain level 4 today | pain_now = 4
I've been taking naproxen twice a day for a week | medicines = naproxen
the ER doc gave me tramadol | seen_by = doctor; medicines = tramadol
x-ray scheduled for tomorrow | doing_now = scan_planned
don't want an injection | -
been lying on the couch since it happened | doing_now = only_rest
cobra stretches ease it, child's pose makes it worse | better_with = arching_back; worse_with = bending
walking for more than ten minutes makes it worse | -
when I stand still in a queue it starts aching | worse_with = standing
it aches by the end of the day | worse_with = end_of_day
Hurts going up stairs | worse_with = one_leg
I row 3 times a week and do overhead press | main_lifts = overhead + row
I've been powerlifting for six years | main_lifts = deadlift + squat + bench
I finished all my sets, no problem at the time | function_after = carried_on
dropped the bar and could not get up off the floor | function_after = trouble_moving
after warming up it's much better | warms_up = better
lasts about twenty minutes then goes | settles_after = half_hour
after sitting it takes a couple of hours to calm down | settles_after = within_day
Back's always sore for a day or two after RDLs
  | sore_how_long = up_to_2_days; sore_days = 1-2 days; main_lifts = deadlift
if I sneeze I get a zap down the leg | cough_leg_pain = yes; worse_with = cough_sneeze
My old injury from 2015 is fully healed | -
Friday's squat session went fine but I woke up Saturday with a really stiff lower back
  | how_it_began = woke_with_it; main_lifts = squat; onset = 2026-11-21
Lower back pain, left side mostly, started after I did 5x5 deadlifts at 150 kg two days ago
  | pain_location = one_side; side = left; how_it_began = after_training; main_lifts = deadlift; onset = 2026-11-21
I have a pain in the low back since one week, it is worse when I am sitting in the office
  | onset = 2026-11-16; worse_with = sitting
Bending to brush my teeth hurts | worse_with = bending
no numbness or tingling, no pain below the knee | -
I felt nothing during the lift, but a few hours later my back tightened up | how_it_began = after_training
it hurts both when I sit and when I stand for long | worse_with = sitting + standing
Laying flat on the floor is the only thing that helps | better_with = lying
My gp prescribed co-codamol and told me to rest | seen_by = doctor; medicines = codeine
I always deadlift on Mondays | main_lifts = deadlift
had three similar episodes over the years | earlier_episodes = more_than_two
happened once before in 2023 | earlier_episodes = one_or_two
haven't been to a doctor | seen_by = no
it doesn't wake me at night | night_rest_pain = none
I wake up every night from the pain | night_rest_pain = most_nights
it's about a 5 out of 10 right now, 8 at worst | pain_now = 5
squatted yesterday with no pain | main_lifts = squat
The pain goes down the back of my thigh when I bend but never past the knee
  | leg_symptoms = above_knee_provoked; worse_with = bending
one spot to the right of my spine | pain_location = one_side; side = right
I can't train because work is crazy | -
My training partner said his back hurts when he sits | -
If my back was hurting I would stop | -
ten years ago I broke my leg | -
Only bothers me when I go above 85% | provoked_by = heavy_training
I got greedy and jumped up 30 kg | new_or_harder = yes
Been a week and still no better | onset = 2026-11-16
Front squats are fine, back squats hurt | main_lifts = squat
No worse than usual | -
Took paracetamol, didn't do much | medicines = paracetamol
it went into spasm when I twisted to rack the dumbbells | how_it_began = moment; onset_activity = twisting
pain eases off within ten minutes of lying down | settles_after = half_hour; better_with = lying
running doesn't bother it | -
warm up sets feel awful, heavy sets feel better | -
hurts to cough or sneeze | worse_with = cough_sneeze
sharp catch in my low back whenever I extend backwards | pinch_one_direction = yes; worse_with = arching
walked it off and kept going with the workout | function_after = carried_on
I do jiu jitsu and kettlebell swings | main_lifts = deadlift
the discomfort is dead centre, right on the spine | pain_location = centre
hamstrings are sore from RDLs | main_lifts = deadlift
pain only in the back, legs are fine | leg_symptoms = none
Pulled 190 yesterday for a PR and my lower back went pop
  | how_it_began = moment; moment_feel = pop; onset = 2026-11-22
Sore lower back since Friday's squats, nothing down the legs
  | onset = 2026-11-20; leg_symptoms = none; main_lifts = squat
I couldn't finish my set and had to be helped off the platform | -
It's right in the middle and it hurts when I round my back | pain_location = centre
The pain gets worse towards the end of the day, especially after carrying my kid | worse_with = carrying + end_of_day
two weeks into this and I still can't sit through a meeting | onset = 2026-11-09
My lower back has been bugging me for four days | onset = 2026-11-19
it just crept in over a month or so, can't think of an injury | how_it_began = crept_up
I have osteoarthritis in my hip | -
pain radiates into both buttocks | -
had a scan already, all clear | -
seeing a physio tomorrow | -
my pain was a 9 on Saturday but today it's a 4/10 | pain_now = 4
First time in my life that my back hurts | earlier_episodes = none
done this about four times before | earlier_episodes = more_than_two
If I stand at the sink for too long it aches | worse_with = standing
It loosens once I get moving | better_with = moving
getting up from a chair hurts | -
I can walk and run without pain | -
does sitting make it worse? | -
No, bending doesn't hurt | -
Jumping is fine but running hurts | worse_with = impact
Deads and squats both set it off | main_lifts = deadlift + squat
started after a new programme with more volume | new_or_harder = yes
right lower back, like a knife when I twist | pain_location = one_side; side = right; worse_with = twisting
I take Aleve before training so that I can lift | medicines = naproxen; doing_now = pills_to_train
waiting for an MRI | doing_now = scan_planned
My mother has had back pain for twenty years | -
lifted a sofa on Sunday and hurt my back | how_it_began = moment; onset = 2026-11-22; onset_activity = picking_up
It usually settles overnight | settles_after = within_day
it never fully goes away | settles_after = constant
the ache lasts all night | night_rest_pain = most_nights
sometimes hurts at night but I fall back asleep | night_rest_pain = sometimes
Once warm it's better, but the next day it is worse | warms_up = better_then_worse
tightness on both sides of my lower back the day after deadlifts, never in the leg
  | pain_location = both_sides; side = both; how_it_began = after_training; main_lifts = deadlift; leg_symptoms = none
was told by an osteopath it's my SI joint | seen_by = other
I don't want to lose my deadlift PR of 250 kg | -
before the injury I trained four times a week | -
bench feels fine, arching hurts | main_lifts = bench; worse_with = arching
"""


@pytest.mark.parametrize(("typed", "tells"), rows(LATER))
def test_a_sentence_tells(typed: str, tells: str) -> None:
    assert shown(read_told(typed, KNOWLEDGE, TODAY)) == as_told(tells)
