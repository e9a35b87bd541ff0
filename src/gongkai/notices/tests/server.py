"""A real mail server on a socket for tests: it takes, refuses, puts off, and breaks off."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "mail-room-1"


@dataclass
class Behaviour:
    """How the server behaves, changed by a test while it runs, and what it took."""

    recipients: dict[str, str] = field(default_factory=dict)
    """Address → what RCPT is answered with."""
    data: list[str] = field(default_factory=list)
    """Answers to the next contents; when they are used up, each is taken."""
    senders: str = ""
    """What MAIL is answered with; "" takes it."""
    breaks_in_data: int = 0
    """So many times the connection ends in the middle of the contents."""
    breaks_after_data: int = 0
    """So many times it ends after the contents were taken, before that is said."""
    slow: float = 0.0
    """Seconds it thinks over each mail."""
    taken: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    connections: int = 0
    signed_in: int = 0

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.senders:
            return self.senders
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.recipients:
            return self.recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.slow)
        answer = self.data.pop(0) if self.data else ""
        if answer:
            return answer
        self.raw.append(envelope.content)
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if self.breaks_after_data:
            self.breaks_after_data -= 1
            server.transport.abort()
        return "250 OK"

    def sign_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any):
        good = data.password == PASSWORD.encode()
        self.signed_in += good
        return AuthResult(success=good, handled=False)

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail taken, in order."""
        return [str(message["Message-ID"]) for message in self.taken]

    @property
    def readers(self) -> list[str]:
        """To whom each mail taken is addressed, in order."""
        return [str(message["To"]) for message in self.taken]


class Server(SMTP):
    """Ends the connection in the middle of a mail's contents when told to."""

    async def smtp_DATA(self, arg):  # noqa: N802
        behaviour = self.event_handler
        if behaviour.breaks_in_data:
            behaviour.breaks_in_data -= 1
            await self.push("354 go on")
            await self._reader.read(20)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Desk(Controller):
    """Serves the behaviour on a free port of this machine."""

    def factory(self) -> Server:
        self.handler.connections += 1
        return Server(self.handler, **self.SMTP_kwargs)


@contextmanager
def serving(behaviour: Behaviour, *, certificate: Path | None = None) -> Iterator[int]:
    """Serve in a thread; with a certificate, STARTTLS and signing in are required."""
    options: dict[str, Any] = {"server_hostname": "desk.example"}
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        options |= {
            "tls_context": context,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": behaviour.sign_in,
        }
    controller = Desk(behaviour, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    behaviour.connections = 0  # its own, by which it found that it listens
    try:
        yield controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def make_certificate(folder: Path) -> Path:
    """Write a key and a certificate of 127.0.0.1, signed by itself, into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.desk.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path
