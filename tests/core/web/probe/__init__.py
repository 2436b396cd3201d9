"""A small plugin for the tests of the web room: forms, actions, a stream, a download, pages that fail."""

from lianxin.api import Manifest

MANIFEST = Manifest(name="probe", title="Probe", version="1.0", core=">=0.1,<1")
