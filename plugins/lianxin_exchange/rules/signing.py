"""How a delivery is signed, so that who receives it knows that it is ours: Standard Webhooks 1.0.

`webhook-id` names the delivery (the same for each try), `webhook-timestamp` the second at which it was sent,
`webhook-signature` is `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64, by the secret behind `whsec_`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Final

SECRET: Final = "whsec_"  # noqa: S105 - a prefix, no secret
SECRET_BYTES: Final = 32


def show_secret(raw: bytes) -> str:
    """As it is shown once, and as libraries for Standard Webhooks take it."""
    return SECRET + base64.b64encode(raw).decode()


def signed_headers(secret: str, name: str, body: bytes, now: datetime) -> dict[str, str]:
    """The three headers of one try."""
    moment = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix(SECRET))
    mac = hmac.new(key, f"{name}.{moment}.".encode() + body, hashlib.sha256).digest()
    signature = "v1," + base64.b64encode(mac).decode()
    return {"webhook-id": name, "webhook-timestamp": moment, "webhook-signature": signature}
