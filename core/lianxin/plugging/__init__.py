"""Plugins: found, put in order, asked once, checked. pluggy wires, registries run."""
