"""A real mail server on a free port of this machine, which can be away and can refuse."""

from __future__ import annotations

import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.web.test_server_killed import free_port


class Mailbox:
    """Takes e-mails. `refuses` are addresses that it has never heard of; `busy` are those it wants later.

    `slow` is how many seconds it thinks before it says yes to an e-mail; `thinking` is set when one has come in.
    """

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        self.refuses: set[str] = set()
        self.busy: set[str] = set()
        self.slow = 0.0
        self.thinking = threading.Event()
        self.got: list[tuple[str, EmailMessage]] = []
        self._running: Controller | None = None

    def start(self) -> Mailbox:
        """Be there."""
        self._running = Controller(self, hostname="127.0.0.1", port=self.port)
        self._running.start()
        return self

    def stop(self) -> None:
        """Be away."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    async def handle_RCPT(  # noqa: N802 - the name that the server calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Whether the address is known."""
        if address in self.refuses:
            return "550 5.1.1 <secret-words> nobody of that name"
        if address in self.busy:
            return "451 4.7.1 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep an e-mail."""
        self.thinking.set()
        if self.slow:
            time.sleep(self.slow)
        content: Any = envelope.content
        message = message_from_bytes(content, policy=policy.default)
        self.got += [(address, message) for address in envelope.rcpt_tos]
        return "250 OK"
