"""The way to the mail server: one connection, its answers put into few words; no tables."""

from __future__ import annotations

import smtplib
import ssl
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from gongkai.notices.rules import Answer, read_answer

SHOWN = 250
"""So many characters of a server's answer are kept."""


class NotSent(Exception):
    """A mail was not taken: for now, or for good; ``answer`` says which, ``code`` the server's."""

    def __init__(self, answer: Answer, code: int | None, text: str) -> None:
        super().__init__(text)
        self.answer, self.code, self.text = answer, code, text[:SHOWN]


class RoomFailed(Exception):
    """Nothing can be sent at all now: no connection, no sign-in, our sender refused."""


class Backend(EmailBackend):
    """Django's way of speaking SMTP, with the office's own authority for certificates."""

    @property
    def ssl_context(self) -> ssl.SSLContext:
        """Trust what the system trusts, and the authority named in the settings."""
        return ssl.create_default_context(cafile=settings.MAIL_CA or None)


class Carrier:
    """A connection for one run; opened at the first mail, opened again when it broke."""

    def __init__(self) -> None:
        self._connection: Any = _connection()
        self._breaks = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def open(self) -> None:
        """Reach the server and sign in. Raises ``RoomFailed``."""
        try:
            self._connection.open()
        except (smtplib.SMTPException, OSError) as error:
            raise RoomFailed(_words(error)) from error

    def send(self, message: EmailMessage) -> None:
        """Hand over one mail. Raises ``NotSent``, or ``RoomFailed`` when others fail as well."""
        self.open()
        try:
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise self._refused(code, text, of_recipient=True) from error
        except smtplib.SMTPSenderRefused as error:
            self._close()
            raise RoomFailed(_words(error)) from error
        except smtplib.SMTPResponseException as error:
            raise self._refused(error.smtp_code, error.smtp_error, of_recipient=False) from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._broken(error) from error
        except ValueError as error:  # an address that cannot be written as one
            raise NotSent(Answer.NO_MAILBOX, None, str(error)) from error
        self._breaks = 0

    def _refused(self, code: int, text: bytes | str, *, of_recipient: bool) -> NotSent:
        answer = read_answer(code, of_recipient=of_recipient)
        if answer is Answer.CLOSING:
            self._close()
        else:
            self._breaks = 0
        return NotSent(answer, code, _text(text))

    def _broken(self, error: Exception) -> NotSent:
        """The connection broke under a mail: it may have arrived or not, so it is tried again.

        At the second break in a row it is the server that ends the run, not the mail.
        """
        self._close()
        self._breaks += 1
        answer = Answer.LATER if self._breaks == 1 else Answer.CLOSING
        return NotSent(answer, None, _words(error))

    def _close(self) -> None:
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError):
            self._connection.connection = None


def _connection() -> Any:
    if settings.MAIL_FOLDER:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return get_connection(backend, file_path=settings.MAIL_FOLDER)
    return Backend(
        host=settings.MAIL_HOST,
        port=settings.MAIL_PORT,
        username=settings.MAIL_USER,
        password=settings.MAIL_PASSWORD,
        use_tls=settings.MAIL_TLS == "starttls",
        use_ssl=settings.MAIL_TLS == "tls",
        timeout=settings.MAIL_TIMEOUT,
    )


def _words(error: Exception) -> str:
    """Say an error as an operator can act on it."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"登录邮件服务器失败，请核对用户名和密码：{_text(error.smtp_error)}"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"服务器不接受发件人{error.sender}：{_text(error.smtp_error)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"服务器答复{error.smtp_code}：{_text(error.smtp_error)}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"服务器不支持所设的加密或登录方式：{error}"
    if isinstance(error, ssl.SSLError):
        return f"加密连接不成功，请核对证书：{error}"
    if isinstance(error, TimeoutError):
        return "服务器没有按时答复。"
    return f"连接不上或中断：{error}"


def _text(answer: bytes | str) -> str:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return " ".join(said.split())[:SHOWN]
