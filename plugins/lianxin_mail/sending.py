"""Handing a letter to the mail server: in a thread, since the standard library's client waits."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Final

from lianxin.api import N_, Channel, _, get_settings
from lianxin_mail.queries import confirmed_address
from lianxin_mail.settings import MailSettings

SECONDS: Final = 20
NAME: Final = "mail"


class NoServer(Exception):
    """No mail server is named in the settings."""


def letter(sender: str, address: str, subject: str, text: str, key: str) -> EmailMessage:
    """The letter. `key` becomes its id: who receives it twice can tell. No line of the text can become a header."""
    message = EmailMessage()
    name, _at, domain = sender.rpartition("@")
    message["From"] = Address(display_name=subject, username=name, domain=domain)
    message["To"] = Address(addr_spec=address)
    message["Subject"] = subject
    message["Message-ID"] = f"<{key}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


async def send(address: str, text: str, key: str) -> str:
    """Hands one letter over. Raises what the server said, or NoServer."""
    settings = await get_settings(MailSettings)
    if not settings.host or not settings.sender:
        raise NoServer("no mail server: name one under Settings, E-mail")
    message = letter(settings.sender, address, _("Lianxin"), text, key)
    await asyncio.to_thread(_hand_over, settings, message)
    return str(message["Message-ID"])


def _hand_over(settings: MailSettings, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=SECONDS)
    with server:
        if settings.security == "starttls":
            server.starttls(context=context)
        if settings.user:
            server.login(settings.user, settings.password)
        server.send_message(message)


MAIL: Final = Channel(NAME, N_("E-mail"), address=confirmed_address, send=send, rings=False)
