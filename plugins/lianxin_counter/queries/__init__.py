"""Reads: frozen dataclasses, a fixed number of queries each."""
