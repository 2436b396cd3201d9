"""Lianxin 连心: a community platform for a whole county, made of plugins."""

__version__ = "0.1.0"
