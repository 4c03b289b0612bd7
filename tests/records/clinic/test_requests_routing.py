"""Where requests go: a table that a person can read, licences with their last day, and the nearest colleague."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liftback.records import consents, modules
from liftback.records.models import Clinic, ConsentText, HandOver, Licence, Mail, Membership, Person, RequestStep
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.scheduling.places import STATES
from liftback.records.write.clinic import hand_overs, requests
from liftback.records.write.clinic.routing import route
from tests import people
from tests.people import NOW, TODAY
from tests.records.clinic.door_people import CAPE_MAY, HOBOKEN, TRENTON, colleague, practice, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Clinic:
    made = practice()
    colleague(made, "Far", CAPE_MAY)
    colleague(made, "Near", HOBOKEN)
    colleague(made, "Middle", TRENTON, telehealth=True, in_person=False)
    colleague(made, "Unknown")
    colleague(made, "Elsewhere", HOBOKEN, states=["PA"])
    colleague(made, "Gone", HOBOKEN, active=False)
    return made


TABLE = [
    # where the person is now               goes to        place known
    ("NY", "US", "queue", True),  # a therapist is licensed there
    ("NJ", "US", "directory", True),  # colleagues are
    ("PA", "US", "directory", True),
    ("WY", "US", "nobody", True),  # nobody we know is
    ("PR", "US", "nobody", True),  # a territory
    ("", "", "nobody", False),  # "I do not know"
    ("", "ZZ", "nobody", True),  # outside the US
]


@pytest.mark.parametrize(("state", "country", "goes", "known"), TABLE)
def test_where_a_request_goes(here: Clinic, state: str, country: str, goes: str, known: bool) -> None:
    found = route(clinic=here, state=state, country=country, day=TODAY)
    assert (found.route, found.place_known) == (goes, known)


def test_the_nearest_stands_first_and_the_unknown_last(here: Clinic) -> None:
    found = route(clinic=here, state="NJ", country="US", day=TODAY, zip_code="07302").colleagues
    assert [one.colleague.name for one in found] == ["Near", "Middle", "Far", "Unknown"]
    assert [one.miles is None for one in found] == [False, False, False, True]


LICENCES = [
    # begins, ends (days from today; None: no end is stated)   may today   warned of
    (-100, None, True, False),
    (-100, 0, True, True),  # its last day counts
    (-100, 1, True, True),  # ends tomorrow
    (-100, 200, True, False),
    (-100, -1, False, False),  # ended yesterday
    (1, None, False, False),  # begins tomorrow
]


@pytest.mark.parametrize(("begins", "ends", "may", "warned"), LICENCES)
def test_a_licence_holds_from_its_first_through_its_last_day(
    here: Clinic, begins: int, ends: int | None, may: bool, warned: bool
) -> None:
    until = None if ends is None else TODAY + timedelta(days=ends)
    Licence.objects.update(valid_from=TODAY + timedelta(days=begins), valid_until=until)
    taken = take(here)
    assert (taken.route == "queue") is may
    assert (taken.due_at is not None) is may
    assert RequestStep.objects.filter(request=taken, kind="licence_ends").exists() is warned


def test_a_licence_that_ends_tomorrow_routes_today_and_not_the_day_after(here: Clinic) -> None:
    Licence.objects.update(valid_until=TODAY + timedelta(days=1))
    assert [take(here, now=NOW + timedelta(days=days)).route for days in range(3)] == ["queue", "queue", "nobody"]


def test_the_day_is_the_clinics(here: Clinic) -> None:
    Licence.objects.update(valid_until=TODAY)
    late = NOW.replace(hour=23)  # 18:00 in New York, and the next day in Kolkata
    assert take(here, now=late).route == "queue"
    Clinic.objects.update(zone="Asia/Kolkata")
    here.refresh_from_db()
    assert take(here, now=late).route == "nobody"


def test_a_compact_privilege_counts_and_another_clinics_licence_does_not(here: Clinic) -> None:
    there = practice("another")
    people.licence(Membership.objects.get(clinic=there, role="therapist").person, state="OH", kind="compact_privilege")
    assert route(clinic=there, state="OH", country="US", day=TODAY).route == "queue"
    assert route(clinic=here, state="OH", country="US", day=TODAY).route == "nobody"


@pytest.mark.parametrize("table", [Membership, Person])
def test_who_left_licenses_nobody(here: Clinic, table: type[Membership | Person]) -> None:
    if table is Membership:
        Membership.objects.update(active=False)
    else:
        Person.objects.update(is_active=False)
    assert route(clinic=here, state="NY", country="US", day=TODAY).route == "nobody"


def test_without_a_directory_nobody_is_named(here: Clinic) -> None:
    here.modules_off = [modules.DIRECTORY]
    assert route(clinic=here, state="NJ", country="US", day=TODAY).route == "nobody"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(state=st.sampled_from(["", *(code for code, _name in STATES)]), country=st.sampled_from(["", "US", "ZZ"]))
def test_the_queue_is_for_a_known_and_licensed_place_alone(here: Clinic, state: str, country: str) -> None:
    assert (route(clinic=here, state=state, country=country, day=TODAY).route == "queue") is (state == "NY")


# --- the introduction ------------------------------------------------------------------------------------------------


def agreed(here: Clinic) -> ConsentText:
    return consents.current(clinic=here, kind=consents.HAND_OVER, now=NOW)


def test_an_introduction_is_sent_once_with_name_and_reach_alone(here: Clinic) -> None:
    taken = take(here, state="NJ", words="achy hips", zip="07030")
    near = here.colleagues.get(name="Near")
    for _ in range(2):
        hand_overs.introduce(request=taken, colleague_id=near.pk, consent=agreed(here), now=NOW)
    assert HandOver.objects.get().colleague_name == "Near"
    mail = Mail.objects.get(kind="hand_over")
    assert (mail.to, mail.reply_to) == (near.email, "rosa@people.example")
    assert "Rosa Diaz" in mail.body
    assert "(212) 555-0142" in mail.body
    assert "achy" not in mail.body
    assert Mail.objects.get(kind="hand_over_copy").to == "rosa@people.example"


def test_only_who_may_practise_there_is_introduced(here: Clinic) -> None:
    taken = take(here, state="NJ")
    strangers = practice("another")
    wrong = [here.colleagues.get(name=name) for name in ("Elsewhere", "Gone")]
    for one in (*wrong, colleague(strangers, "Theirs", HOBOKEN)):
        with pytest.raises(NotAllowedError):
            hand_overs.introduce(request=taken, colleague_id=one.pk, consent=agreed(here), now=NOW)
    assert not Mail.objects.filter(kind="hand_over").exists()


def test_no_introduction_beside_a_sign_after_the_end_or_by_another_text(here: Clinic) -> None:
    near, other = here.colleagues.get(name="Near"), consents.current(clinic=here, kind=consents.CALL, now=NOW)
    flagged = take(here, state="NJ", words="I can't pee since yesterday")
    closed = requests.withdraw(request=take(here, state="NJ"), now=NOW)
    for taken, consent in ((flagged, agreed(here)), (closed, agreed(here)), (take(here, state="NJ"), other)):
        with pytest.raises(NotNowError):
            hand_overs.introduce(request=taken, colleague_id=near.pk, consent=consent, now=NOW)
    assert not HandOver.objects.exists()
