"""The county's mail server."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.api import N_, setting


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where letters are handed over, and whose name stands on them."""

    host: str = setting(
        "", help=N_("The mail server's name, for example smtp.example.gov.cn. Empty: no e-mail is sent.")
    )
    port: int = setting(465, help=N_("465 with TLS from the start, 587 with STARTTLS, 25 without."))
    security: str = setting("tls", help=N_("tls, starttls, or none for a server on this machine."))
    user: str = setting("", help=N_("The name with which we sign in there. Empty: without."))
    password: str = setting("", help=N_("The password for it."), secret=True)
    sender: str = setting("", help=N_("The address that stands as the sender."))
