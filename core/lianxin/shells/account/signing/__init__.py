"""Proving who one is, one question a page."""
