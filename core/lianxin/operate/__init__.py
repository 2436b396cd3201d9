"""What keeps a site running: its rooms, its life, checks, demo data."""
