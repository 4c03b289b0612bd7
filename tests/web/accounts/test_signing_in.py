"""Signing up, in and out: verified by a code, limited, and without a word about who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from liftback.records.models import Person
from liftback.web.shared.accounts import SIGNED_IN_FOR
from tests.people import PASSWORD
from tests.web.accounts.conftest import NEW_PASSWORD, SIGN_IN, SIGN_UP, VERIFY, sign_in

A_DAY = 24 * 60 * 60


def test_somebody_signs_up_with_a_code_and_lands_on_today(stranger: Client, sign_up: Callable[..., Client]) -> None:
    sign_up(stranger, "New.Person@People.example")
    who = Person.objects.get(email="new.person@people.example")
    assert who.check_password(NEW_PASSWORD)
    assert stranger.get("/my-data/").status_code == 200
    assert stranger.session.get_expiry_age() == SIGNED_IN_FOR


def test_a_wrong_code_signs_nobody_in(stranger: Client) -> None:
    stranger.post(SIGN_UP, {"email": "bob@people.example", "password1": NEW_PASSWORD})
    stranger.post(VERIFY, {"code": "WRONG1"})
    assert stranger.get("/my-data/").status_code == 302
    assert stranger.session.get_expiry_age() <= A_DAY


def test_signing_up_with_a_known_address_looks_the_same_and_tells_the_owner(stranger: Client, ann: Person) -> None:
    def shape(client: Client, address: str) -> tuple[list[tuple[str, int]], str]:
        answer = client.post(SIGN_UP, {"email": address, "password1": NEW_PASSWORD}, follow=True)
        return answer.redirect_chain, re.sub(
            r'name="csrfmiddlewaretoken" value="\w+"|[\w.]+@people', "", answer.content.decode()
        )

    assert shape(stranger, ann.email) == shape(Client(), "zed@people.example")
    assert [one.to for one in mail.outbox] == [[ann.email], ["zed@people.example"]]
    assert Person.objects.filter(email=ann.email).count() == 1


def test_a_reset_for_an_unknown_address_looks_the_same(stranger: Client, ann: Person) -> None:
    answers = [stranger.post("/account/password/reset/", {"email": one}) for one in (ann.email, "no@people.example")]
    assert len({(one.status_code, one.headers["Location"]) for one in answers}) == 1


def test_a_forgotten_password_is_set_anew_through_the_link_of_the_mail(stranger: Client, ann: Person) -> None:
    stranger.post("/account/password/reset/", {"email": ann.email})
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    page = stranger.get(link[1], follow=True)
    done = stranger.post(page.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert done.status_code == 302
    assert sign_in(Client(), ann, NEW_PASSWORD) == "/today/"
    assert sign_in(Client(), ann, PASSWORD) == ""


@pytest.mark.parametrize(("remember", "age"), [("on", SIGNED_IN_FOR), ("", None)])
def test_a_sign_in_lasts_as_long_as_was_chosen(stranger: Client, ann: Person, remember: str, age: int | None) -> None:
    assert sign_in(stranger, ann, remember=remember) == "/today/"
    assert stranger.session.get_expire_at_browser_close() is (age is None)
    if age is not None:
        assert stranger.session.get_expiry_age() == age


def test_a_month_later_one_signs_in_again(stranger: Client, ann: Person) -> None:
    with time_machine.travel("2026-11-01"):
        sign_in(stranger, ann)
        assert stranger.get("/my-data/").status_code == 200
    with time_machine.travel("2026-11-30"):
        assert stranger.get("/my-data/").status_code == 200
    with time_machine.travel("2026-12-02"):
        assert stranger.get("/my-data/").status_code == 302


def test_too_many_wrong_passwords_lock_that_address_from_that_place_only(stranger: Client, ann: Person) -> None:
    values = {"login": ann.email, "password": "wrong"}
    codes = [stranger.post(SIGN_IN, values).status_code for _time in range(9)]
    assert codes[0] == 200
    assert codes[-1] == 429
    locked = stranger.post(SIGN_IN, {"login": ann.email.upper(), "password": PASSWORD})
    assert locked.status_code == 429
    assert "pause" in locked.content.decode()
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert sign_in(elsewhere, ann) == "/today/"


def test_too_many_sign_ups_are_told_to_wait(stranger: Client) -> None:
    codes = {stranger.post(SIGN_UP, {"email": f"p{place}@people.example"}).status_code for place in range(25)}
    assert codes == {200, 429}


def test_a_second_step_is_asked_for_and_the_session_keeps_its_one_day_until_then(stranger: Client, ann: Person) -> None:
    from allauth.mfa.totp.internal import auth  # noqa: PLC0415 - the only test of it

    secret = auth.generate_totp_secret()
    auth.TOTP.activate(ann, secret)
    assert sign_in(stranger, ann) == "/account/2fa/authenticate/"
    assert stranger.session.get_expiry_age() <= A_DAY
    assert stranger.get("/my-data/").status_code == 302
    number = auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))
    assert stranger.post("/account/2fa/authenticate/", {"code": number}).headers["Location"] == "/today/"
    assert stranger.session.get_expiry_age() == SIGNED_IN_FOR


def test_sessions_are_listed_and_the_others_can_be_ended(ann: Person) -> None:
    phone, desk = Client(headers={"User-Agent": "A phone"}), Client(headers={"User-Agent": "A desk"})
    for one in (phone, desk):
        sign_in(one, ann)
    page = desk.get("/account/sessions/").content.decode()
    assert "A phone" in page
    assert "A desk" in page
    desk.post("/account/sessions/")
    assert phone.get("/my-data/").status_code == 302
    assert desk.get("/my-data/").status_code == 200


def test_signing_out_asks_first_and_then_forgets_the_session(stranger: Client, ann: Person) -> None:
    sign_in(stranger, ann)
    assert stranger.get("/account/logout/").status_code == 200
    assert stranger.get("/my-data/").status_code == 200
    stranger.post("/account/logout/")
    assert stranger.get("/my-data/").status_code == 302


PAGES = ("/account/login/", "/account/signup/", "/account/password/reset/", "/account/logout/")
OWN_PAGES = (
    "/account/email/", "/account/password/change/", "/account/2fa/", "/account/sessions/", "/account/logout/",
    "/account/reauthenticate/",
)  # fmt: skip
GUARDED_PAGES = ("/account/2fa/totp/activate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/")


@pytest.mark.parametrize("path", PAGES)
def test_pages_for_strangers_wear_our_clothes(stranger: Client, path: str) -> None:
    ours(stranger.get(path, follow=True))


@pytest.mark.parametrize("path", [*OWN_PAGES, *GUARDED_PAGES])
def test_pages_of_an_account_wear_our_clothes(stranger: Client, ann: Person, path: str) -> None:
    sign_in(stranger, ann)
    stranger.post("/account/reauthenticate/", {"password": PASSWORD})
    ours(stranger.get(path))


def test_what_is_said_below_a_field_is_no_escaped_markup(stranger: Client) -> None:
    page = stranger.get("/account/signup/").content.decode() + stranger.get("/account/login/").content.decode()
    assert "&lt;" not in page.split("<main")[1]
    assert "/account/password/reset/" in page


def test_recovery_codes_wear_our_clothes(stranger: Client, ann: Person) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415 - the only test of it
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415

    sign_in(stranger, ann)
    TOTP.activate(ann, generate_totp_secret())
    RecoveryCodes.activate(ann)
    assert Authenticator.objects.filter(user=ann).count() == 2
    stranger.post("/account/reauthenticate/", {"password": PASSWORD})
    ours(stranger.get("/account/2fa/recovery-codes/"))
    ours(stranger.get("/account/2fa/totp/deactivate/"))


def ours(answer: object) -> None:
    """One h1, our frame, and nothing that the policy forbids."""
    page = answer.content.decode()  # type: ignore[attr-defined]  # Django's test client adds it
    assert answer.status_code == 200  # type: ignore[attr-defined]  # likewise
    assert page.count("<h1") == 1
    assert 'class="skip"' in page
    assert "<style" not in page
    assert not re.search(r"\sstyle=|\son\w+=", page)
    for tag in re.findall(r"<script[^>]*>", page):
        assert "src=" in tag or 'type="application/json"' in tag, tag
