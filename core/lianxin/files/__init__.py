"""Uploads: checked, re-encoded, staged, kept."""
