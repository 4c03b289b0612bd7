"""Who gets what at every address: one row for each. An address without a row fails `test_access`.

A person is the lifter whose records are there, another lifter, a therapist of the lifter's clinic, one of another
clinic, the front desk, or nobody. Whoever is signed in has pages of their own; of the lifter's they see nothing.
"""

from __future__ import annotations

from typing import Any

from tests.web.access_row import NO, SIGN_IN, Row, all_get, only_the_lifter, own
from tests.web.access_rows import calls, care, desk, door, operations, patients, practice

PARTS = (door, calls, desk, patients, practice, care, operations)
"""The parts of the clinic's side: each has `ROWS`, and `make`, which makes what its addresses name."""

# --- before any account ----------------------------------------------------------------------------------------------

GONE = "302 /interview/gone/"
_FOR_ALL = {name: Row(get=all_get(200), post=NO) for name in (
    "lifter:landing", "lifter:now", "lifter:emergency", "lifter:about", "lifter:privacy", "lifter:gone",
    "lifter:plates", "lifter:deleted", "lifter:worker", "lifter:manifest", "lifter:offline", "lifter:queue",
    "lifter:signs_offline", "components", "health", "words",
)}  # fmt: skip
"""Pages with nothing of anybody in them."""


def with_story(answer: Any) -> dict[str, Any]:
    """What needs a story: only the lifter has told one."""
    return {**all_get(GONE), "lifter": answer}


_STORY = {
    "lifter:start": Row(get=NO, post=all_get("302 /interview/")),
    "lifter:interview": Row(get=with_story(200), post=with_story(200)),
    "lifter:interview_back": Row(get=NO, post=with_story("302 /interview/")),
    "lifter:interview_forget": Row(get=NO, post=all_get("302 /")),
    "lifter:interview_save": Row(get=with_story(200), post=with_story("302 /answers/")),
    "lifter:interview_story": Row(get=with_story(200), post=NO),
    "lifter:signs": Row(get=own("302 /interview/", lifter=200), post=own("302 /interview/", lifter=200)),
    "lifter:signs_back": Row(get=NO, post=own(GONE, lifter="302 /signs/")),
    "lifter:answers": Row(get=with_story(200), post=NO),
    "lifter:answers_print": Row(get=with_story(200), post=NO),
    "lifter:answer": Row(get=with_story(200), post=NO, args=(3,)),
    "lifter:why": Row(get=with_story(200), post=NO, args=(3,)),
    "lifter:report": Row(get={**all_get("302 /"), "lifter": 200}, post=NO),
}

# --- a lifter's own pages --------------------------------------------------------------------------------------------

TODAY = "302 /today/"
_OWN = {name: Row(get=own(200), post=NO) for name in (
    "lifter:today", "lifter:plan", "lifter:first_hours", "lifter:course", "lifter:calendar", "lifter:my_data",
    "lifter:export", "lifter:more",
)}  # fmt: skip
_TRAINING = {
    "lifter:exercise": Row(get=all_get(200), post=NO, args=("cat_camel",)),
    "lifter:exercise_picture": Row(get=all_get(200), post=NO, args=("cat_camel",)),
    "lifter:done": Row(get=own(TODAY, lifter=404), post=own(422)),
    "lifter:after": Row(get=NO, post=own(TODAY)),
    "lifter:swap": Row(get=own(TODAY, lifter=404), post=own(TODAY, lifter=404)),
    "lifter:flare": Row(get=own(TODAY, lifter=200), post=own("302 /flare/")),
    "lifter:clearance": Row(get=own(TODAY, lifter=200), post=own(TODAY, lifter=422)),
    "lifter:check_in": Row(get=own(200), post=own(200)),
    "lifter:weekly": Row(get=own(200), post=own(200)),
    "lifter:sync": Row(get=all_get(200), post={**all_get(400), "nobody": 401}),
    "lifter:calendar_make": Row(get=NO, post=own("302 /calendar/")),
    "lifter:calendar_stop": Row(get=NO, post=own("302 /calendar/")),
    "lifter:calendar_feed": Row(
        get=all_get(200),
        post=NO,
        args=("lifter.calendar",),
        note="The address itself is the secret: a calendar has no sign-in.",
    ),
}
_DATA = {
    "lifter:log": Row(get=all_get(200), post=all_get(200)),
    "lifter:log_forget": Row(get=all_get("302 /log/"), post=all_get("302 /log/")),
    "lifter:log_file": Row(get=only_the_lifter(200), post=NO, args=("lifter.file",)),
    "lifter:log_remove": Row(get=only_the_lifter(200), post=only_the_lifter("302 /log/"), args=("lifter.file",)),
    "lifter:delete": Row(get=own("302 /account/reauthenticate/"), post=own("302 /account/reauthenticate/")),
    "lifter:settings": Row(get=own(200), post=own("302 /settings/")),
    "lifter:waiting": Row(get=own(TODAY), post=own(TODAY)),
    "lifter:units": Row(get=NO, post=all_get("302 /")),
    "language": Row(get=all_get("302 /"), post=all_get("302 /")),
    "theme": Row(get=NO, post=all_get("302 /")),
}

# --- accounts --------------------------------------------------------------------------------------------------------

AGAIN = "302 /account/reauthenticate/"
POST_NO = {**NO, "nobody": SIGN_IN}


def only_strangers(answer: Any) -> dict[str, Any]:
    """A page for those who are not signed in; others are sent home, who works in a clinic to the desk."""
    at_work = dict.fromkeys(("therapist", "other_therapist", "front_desk", "owner"), "302 /desk/")
    return {**all_get(TODAY), **at_work, "nobody": answer}


_AGAIN = {name: Row(get=own(AGAIN), post=own(AGAIN), args=args) for name, args in (
    ("mfa_activate_totp", ()), ("mfa_generate_recovery_codes", ()), ("mfa_add_webauthn", ()),
    ("mfa_remove_webauthn", (1,)), ("mfa_edit_webauthn", (1,)), ("mfa_reauthenticate", ()),
    ("mfa_reauthenticate_webauthn", ()),
)}  # fmt: skip
"""Changes of the sign-in: the password, or a key, is asked for once more."""
_ACCOUNTS = {
    "account_login": Row(get=only_strangers(200), post=only_strangers(200)),
    "account_signup": Row(get=only_strangers(200), post=only_strangers(200)),
    "account_logout": Row(get={**all_get(200), "nobody": "302 /"}, post=all_get("302 /")),
    "account_inactive": Row(get=all_get(200), post=NO),
    "account_reauthenticate": Row(get=own(200), post=own(200)),
    "account_email": Row(get=own(200), post=own("302 /account/email/")),
    "account_email_verification_sent": Row(get=own("302 /account/email/"), post=own("302 /account/email/")),
    "account_change_password": Row(get=own(200), post=own(200)),
    "account_set_password": Row(get=own("302 /account/password/change/"), post=own("302 /account/password/change/")),
    "account_reset_password": Row(get=all_get(200), post=all_get(200)),
    "account_reset_password_done": Row(get=all_get(200), post=NO),
    "account_reset_password_from_key": Row(get=all_get(200), post=all_get(200), args=("1", "set-password")),
    "account_reset_password_from_key_done": Row(get=all_get(200), post=NO),
    "account_confirm_login_code": Row(get=only_strangers(SIGN_IN), post=only_strangers(SIGN_IN)),
    "mfa_index": Row(get=own(200), post=POST_NO),
    "mfa_authenticate": Row(get=only_strangers(SIGN_IN), post=only_strangers(SIGN_IN)),
    "mfa_deactivate_totp": Row(get=own(404), post=own(404)),
    "mfa_view_recovery_codes": Row(get=own(404), post=POST_NO),
    "mfa_download_recovery_codes": Row(get=own(404), post=own(404)),
    "mfa_list_webauthn": Row(get=own(200), post=POST_NO),
    "mfa_login_webauthn": Row(get=only_strangers(SIGN_IN), post=only_strangers(SIGN_IN)),
    "usersessions_list": Row(get=own(200), post=own("302 /account/sessions/")),
}

_CLINIC = {name: row for part in PARTS for name, row in part.ROWS.items()}
TABLE: dict[str, Row] = {**_FOR_ALL, **_STORY, **_OWN, **_TRAINING, **_DATA, **_AGAIN, **_ACCOUNTS, **_CLINIC}
"""Every address by its name."""
