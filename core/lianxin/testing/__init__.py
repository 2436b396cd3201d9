"""What a plugin's tests stand on: a site on either engine, a clock, clients by role."""
