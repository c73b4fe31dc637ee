"""Sends snapshots by e-mail: a short summary, the files attached."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Literal

from sohoa.adapters.deliveries.tls import untrusted, verifying
from sohoa.domain.coverage.deliveries import Parcel, Receipt, Result
from sohoa.domain.errors import Misconfigured

_TIMEOUT_S = 30.0
_OK, _PERMANENT = 250, 500
_SUBJECTS = {
    "vi": "Báo cáo độ phủ số hoá đến hết ngày {day:%d/%m/%Y}",
    "en": "Digitization coverage at the end of {day:%d/%m/%Y}",
}


class MailCourier:
    """One message to all recipients or to none; a server that offers no TLS gets nothing.

    A message that was handed over without an answer may have arrived: it is not sent a second time.
    """

    repeats = False

    def __init__(
        self,
        server: tuple[str, int, Literal["starttls", "tls"]],
        login: tuple[str, Callable[[], str]] | None,
        sender: str,
        recipients: Sequence[str],
        ca_file: Path | None,
        now: Callable[[], datetime],
    ) -> None:
        self._server, self._login = server, login
        self._sender, self._recipients = sender, recipients
        self._ca_file, self._now = ca_file, now

    def carry(self, parcel: Parcel) -> Receipt:
        """One message; raises ``Misconfigured`` for a password or an authority that cannot be read."""
        try:
            smtp = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            return _failed(error)
        try:
            return self._send(smtp, self._message(parcel))
        finally:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _connected(self) -> smtplib.SMTP:
        host, port, security = self._server
        context = verifying(self._ca_file)
        if security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_S, context=context)
        smtp = smtplib.SMTP(host, port, timeout=_TIMEOUT_S)
        try:
            smtp.starttls(context=context)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _send(self, smtp: smtplib.SMTP, message: EmailMessage) -> Receipt:
        try:
            if self._login is not None:
                user, password = self._login[0], self._login[1]()
                if not password.isascii():
                    raise Misconfigured("SMTP takes a password of ASCII letters alone")
                smtp.login(user, password)
            smtp.ehlo_or_helo_if_needed()
            _demand(smtp.mail(self._sender))
            for recipient in self._recipients:
                _demand(smtp.rcpt(recipient))
        except (OSError, smtplib.SMTPException) as error:
            return _failed(error)
        try:
            _demand(smtp.data(message.as_bytes(policy=SMTP)))
        except smtplib.SMTPResponseException as error:
            return _failed(error)
        except (OSError, smtplib.SMTPException):
            return Receipt(Result.UNCERTAIN, "đã chuyển thư nhưng máy chủ thư không trả lời")
        return Receipt(Result.DELIVERED, f"đã gửi đến {len(self._recipients)} địa chỉ")

    def _message(self, parcel: Parcel) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = _SUBJECTS[parcel.language].format(day=parcel.day)
        message["From"], message["To"] = self._sender, ", ".join(self._recipients)
        message["Date"] = format_datetime(self._now())
        message["Message-ID"] = f"<{parcel.key}@{self._sender.partition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(parcel.summary)
        for file in parcel.files:
            main, _, sub = file.media_type.partition(";")[0].partition("/")
            message.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
        return message


def _demand(answer: tuple[int, bytes]) -> None:
    code, text = answer
    if code // 10 * 10 != _OK:
        raise smtplib.SMTPResponseException(code, text)


def _failed(error: Exception) -> Receipt:
    """What a server that took nothing has said; texts of others are not repeated."""
    if untrusted(error):
        return Receipt(Result.REFUSED, "chứng thư số của máy chủ thư không được tin cậy (xem ca_file)")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Receipt(Result.REFUSED, "máy chủ thư không có STARTTLS hoặc không cho đăng nhập")
    if isinstance(error, smtplib.SMTPResponseException):
        refused = error.smtp_code >= _PERMANENT
        return Receipt(Result.REFUSED if refused else Result.AWAY, f"máy chủ thư trả lời {error.smtp_code}")
    return Receipt(Result.AWAY, f"không gửi được: {type(error).__name__}")
