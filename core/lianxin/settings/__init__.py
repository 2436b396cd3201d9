"""Typed settings, for the site or an area."""
