"""Who one is and what one may: credentials, sessions, grants, permissions."""
