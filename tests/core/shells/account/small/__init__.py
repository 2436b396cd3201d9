"""A plugin with one flow that residents move on, for their pages."""

from lianxin.api import Manifest

MANIFEST = Manifest(name="small", title="Small", version="0.1", core=">=0")
