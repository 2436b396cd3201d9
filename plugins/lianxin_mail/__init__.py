"""E-mail 电子邮件: whoever gives an address is told by e-mail too, through the county's own mail server."""

from lianxin.api import N_, Manifest

MANIFEST = Manifest(
    name="mail",
    title=N_("E-mail"),
    version="0.1.0",
    core=">=0.1,<1",
    rights=(
        N_("keeps e-mail addresses, encrypted"),
        N_("sends e-mail through the server that an administrator names"),
    ),
)
