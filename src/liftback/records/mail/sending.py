"""Sending an e-mail that waits: claimed first, so that two workers never send the same, and never lost.

Killed between the server's yes and our own note of it, an e-mail goes out once more, with the same Message-ID, so that
most mailboxes show it once. That cannot be had better over SMTP. Nothing else sends one twice.
"""

from __future__ import annotations

import hashlib
import logging
import smtplib
import time
from datetime import datetime, timedelta
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import OperationalError
from django.db.models import F, Q, QuerySet

from liftback.records.tables.mail import Mail
from liftback.records.trouble import told
from liftback.records.write.clinic import reminding

LEASE = timedelta(minutes=3)
"""How long a sender is waited for; longer than a mail server's slowest answers (`settings.EMAIL_TIMEOUT`) together."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
"""How long an e-mail rests after its first, second ... failure; the last one from then on."""
AWAY = timedelta(minutes=5)
"""The longest rest where the mail server itself was away: then it is not about this e-mail."""
REFUSALS = 3
"""After so many refusals of the address for good, it is given up and shown at the desk."""
REFUSED = "refused"
"""How the `last_error` of an e-mail begins whose address was refused for good."""
SENT, DROPPED, LEFT, WAITS = "sent", "dropped", "left", "waits"
_NOTING = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0)
_log = logging.getLogger("liftback.mail")


def due(now: datetime) -> QuerySet[Mail]:
    """The e-mails that may go out now. `leased_until` of a waiting one is the end of its rest."""
    rested = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    return Mail.objects.filter(rested, state=Mail.State.QUEUED, not_before__lte=now)


def free(*, now: datetime) -> int:
    """Put back what a killed sender left; how many they were."""
    gone = Mail.objects.filter(state=Mail.State.SENDING, leased_until__lt=now)
    return gone.update(state=Mail.State.QUEUED, leased_until=None)


def send(mail_id: int, *, now: datetime) -> str:
    """Send one e-mail: SENT, DROPPED (nobody needs it any more, or refused), LEFT (not ours to send) or WAITS."""
    until = now + LEASE
    if not due(now).filter(pk=mail_id).update(
        state=Mail.State.SENDING, leased_until=until, attempts=F("attempts") + 1
    ):  # fmt: skip
        return LEFT
    mail = Mail.objects.select_related("clinic", "booking").get(pk=mail_id)
    if mail.kind.startswith("call_reminder") and not reminding.still_wanted(mail, now=now):
        return _note(mail, until, state=Mail.State.DROPPED, last_error="", leased_until=None, ended=DROPPED)
    try:
        message_of(mail, now=now).send()
    except Exception as error:  # whatever a mail server does, the e-mail stays
        _log.warning("mail not sent", extra={"number": mail.pk, "code": _code(error), **told(error)})
        return _keep(mail, until, error, now)
    return _note(mail, until, state=Mail.State.SENT, sent_at=now, last_error="", leased_until=None, ended=SENT)


def message_of(mail: Mail, *, now: datetime) -> EmailMultiAlternatives:
    """The e-mail as it goes out: sender, replies, a Message-ID that stays, and the invitation if there is one."""
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = " ".join(mail.clinic.name.split()) if mail.clinic is not None else own[0]
    reply_to = mail.reply_to or (mail.clinic.email if mail.clinic is not None else "")
    message = EmailMultiAlternatives(
        subject=" ".join(mail.subject.split()),
        body=mail.body,
        from_email=formataddr((name, own[1])),
        to=[mail.to],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": message_id(mail.key),
            "Date": format_datetime(now),
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.calendar:
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.method or 'REQUEST'}")
    return message


def message_id(key: str) -> str:
    """The Message-ID of an e-mail, the same however often it is sent."""
    host = urlsplit(settings.SITE).hostname or "liftback"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def _keep(mail: Mail, until: datetime, error: Exception, now: datetime) -> str:
    """Put an e-mail back that could not be sent, or give its address up."""
    code, refused = _code(error), _is_refused(error)
    if refused and mail.attempts >= REFUSALS:
        lasting = f"{REFUSED} {code}"
        return _note(mail, until, state=Mail.State.DROPPED, last_error=lasting, leased_until=None, ended=DROPPED)
    pause = PAUSES[min(mail.attempts, len(PAUSES)) - 1]
    if not isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
        pause = min(pause, AWAY)
    what = REFUSED if refused else type(error).__name__
    values = {"state": Mail.State.QUEUED, "leased_until": now + pause, "last_error": f"{what} {code}".strip()[:200]}
    return _note(mail, until, **values, ended=WAITS)


def _note(mail: Mail, until: datetime, *, ended: str, **values: object) -> str:
    """Write down how it ended, if it is still ours; a store that is busy for a moment is asked again."""
    for wait in _NOTING:
        time.sleep(wait)
        try:
            Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING, leased_until=until).update(**values)
        except OperationalError:
            continue
        return ended
    raise OperationalError("an e-mail's end could not be written down")


def _is_refused(error: Exception) -> bool:
    """Whether the address itself was refused for good."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    codes = [code for code, _ in error.recipients.values()]
    return bool(codes) and all(code >= 500 for code in codes)  # noqa: PLR2004 - "permanent" of SMTP


def _code(error: Exception) -> str:
    """The mail server's code; empty where there was none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "/".join(str(code) for code, _ in error.recipients.values())
    return str(error.smtp_code) if isinstance(error, smtplib.SMTPResponseException) else ""
