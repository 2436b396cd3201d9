"""Thin handlers, and the table of addresses."""
