"""Reads; each answers frozen dataclasses, never rows."""
