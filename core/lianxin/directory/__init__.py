"""The county's directory: areas, organisations, people."""
