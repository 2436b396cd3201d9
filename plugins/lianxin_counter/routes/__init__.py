"""Thin handlers: form, action or query, page."""
