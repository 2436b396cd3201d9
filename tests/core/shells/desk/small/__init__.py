"""A plugin of a few lines: one flow, so that the desk has something to handle."""

from lianxin.api import Manifest

MANIFEST = Manifest(name="small", title="Small", version="0.1", core=">=0")
