"""E-services 便民服务: a resident finds a service, learns what to bring, applies, and is told at every step."""

from lianxin.api import N_, Manifest

MANIFEST = Manifest(
    name="eservices",
    title=N_("E-services"),
    version="0.1.0",
    core=">=0.1,<1",
    rights=(
        N_("keeps what people say in their applications, encrypted"),
        N_("keeps photos of their papers"),
        N_("shows ID numbers to staff who give a reason, and writes it down"),
        N_("tells applicants how their case stands, also by SMS"),
    ),
)
