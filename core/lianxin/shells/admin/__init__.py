"""The administration: people and grants, places, calendar, plugins, settings, jobs, messages, audit."""
