"""Counter 取号叫号: whoever comes in takes a number, is called, served, and goes home with what was made for her."""

from lianxin.api import N_, Manifest

MANIFEST = Manifest(
    name="counter",
    title=N_("Numbers at the counter"),
    version="0.1.0",
    core=">=0.1,<1",
    rights=(
        N_("keeps a name for the day, encrypted, where the desk wrote one down"),
        N_("remembers which matters were made while a number was served"),
    ),
)
