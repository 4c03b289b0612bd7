"""What the offline scripts say, in the language of the page they run on."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAGE: dict[str, str | Promise] = {
    "kept": _("Kept on this device, waiting to be sent. It is sent by itself when the network is back."),
    "note_later": _(
        "Your note is read for warning signs when it is sent. If anything in it is new, go through the signs now."
    ),
    "sent": _("The network is back. Sent: %(count)s."),
    "refused": _("Something could not be kept by the server. It is still on this device."),
    "sign_in": _("What you told is safe on this device. Sign in, and it is sent."),
    "sign_in_link": _("Sign in"),
    "look_now": _("Something you told may be a warning sign. Please go through the signs now, before you train."),
    "signs_link": _("Go through the warning signs"),
    "see_queue": _("See what waits"),
    "clock": _(
        "Your device says %(device)s, the server says %(server)s. Please check the date and time on your device: what "
        "you tell carries its time. Nothing is lost by it."
    ),
    "full": _(
        "This device has no room to keep it, and there is no network. What you typed is still here: keep the page open."
    ),
    "sign_out": _(
        "Not sent yet: %(count)s. If you sign out now, it stays on this device and is sent when you sign in here "
        "again. Press sign out once more to do so."
    ),
    "from_store": _("No network. This page is from %(time)s."),
    "slow": _("The network is slow. This page is from %(time)s."),
    "counts_today": _("What you enter now counts for today, %(day)s."),
    "reload": _("Load it again"),
    "other_day": _("This page is from an earlier day. Here is what the plan had for today, %(day)s, as of %(time)s:"),
    "rest_day": _("No training was planned for today. Walk as you like."),
    "not_in_week": _("Today is not in the week that this page holds. It opens when the network is back."),
    "log_it": _("Log it"),
    "more_below": _("What follows is the page of that earlier day."),
    "alarm": _("You told of a warning sign on this device. Do not train now. See what to do."),
    "alarm_link": _("What to do now"),
}
"""On every page."""

QUEUE: dict[str, str | Promise] = {
    "check_in": _("Check-in"),
    "done": _("Training"),
    "after": _("How your back answered"),
    "swap": _("Swap"),
    "flare": _("Flare"),
    "weekly": _("Weekly form"),
    "criteria": _("Clearance: what you answered"),
    "signed": _("Clearance: signed by yourself"),
    "gates": _("Warning signs"),
    "for_day": _("For %(day)s"),
    "told_at": _("Told on this device %(time)s"),
    "sent_at": _("Sent %(time)s"),
    "tries": _("Tried so far: %(count)s"),
    "retry": _("Send again"),
    "day": _("Day it is about"),
    "redate": _("Change the day and send"),
    "remove": _("Remove"),
    "remove_sure": _("Remove for good: it was never sent"),
    "removed": _("Removed."),
    "nothing_waits": _("Nothing waits. Everything you told on this device was sent."),
    "others": _("Waiting for another account: %(count)s. It is sent when that account signs in on this device."),
    "sending": _("Sending"),
    "no_network": _("No network yet. It stays here, and is sent by itself when the network is back."),
    "later": _("The server could not take it now. It stays here, and is tried again in a minute."),
    "all_sent": _("All sent."),
    "copied": _("Copied. You can paste it anywhere."),
    "copy_by_hand": _("Here it is as text. Select and copy it."),
    "none": _("no details"),
}
"""On the page of what waits."""

SIGNS: dict[str, str | Promise] = {
    "next": _("Next"),
    "back": _("Back"),
    "none": _("None of these"),
    "not_sure": _("Not sure"),
    "pick": _("Pick what fits, or say none of these."),
    "choose": _("Pick one answer. Not sure is an answer too."),
    "any": _("Any of these, new or worse?"),
    "step": _("Step %(now)s of %(total)s"),
    "kept": _("Your answers are kept on this device, and are sent when the network is back."),
    "kept_none": _("You are not signed in, so these answers are not sent anywhere."),
    "signs": _("What you told"),
    "do": _("What to do"),
    "say": _("What to say"),
    "do_not": _("What not to do"),
    "watch_for": _("What to watch for"),
    "when": _("When"),
    "where": _("Where"),
    "numbers": _("Numbers to call"),
    "other_countries": _("Other countries"),
    "mistake": _("I answered by mistake: go back"),
    "open": _("Still open, and open never counts as no:"),
    "limits": _(
        "This was worked out on your device from these answers, with what it knew of your story. When the network is "
        "back, all of it is looked at together."
    ),
}
"""On the page of the warning signs."""

MANIFEST: dict[str, str | Promise] = {
    "today": _("Today"),
    "check_in": _("Check-in"),
    "signs_offline": _("Is it serious?"),
    "description": _("Answers about your own low back, a plan that keeps you training, and a course you can follow."),
}


def said(words: dict[str, str | Promise]) -> dict[str, str]:
    """The words in the language of now."""
    return {name: str(word) for name, word in words.items()}
