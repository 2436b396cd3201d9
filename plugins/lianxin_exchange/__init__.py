"""Data exchange 数据交换: tokens for programs, and telling other systems what happened to a case."""

from lianxin.api import N_, Manifest

MANIFEST = Manifest(
    name="exchange",
    title=N_("Data exchange"),
    version="0.1.0",
    core=">=0.1,<1",
    rights=(
        N_("lets programs act in the name of a colleague, as far as the colleague allowed it"),
        N_("tells other systems the code and state of matters, and nothing of persons"),
    ),
)
