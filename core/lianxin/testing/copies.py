"""One working copy of the template on PostgreSQL, emptied between tests: to make a database anew takes a second each.

A test that changed tables, or left somebody connected who holds them, is noticed: then the copy is made anew after all.
"""

from __future__ import annotations

import asyncpg

from lianxin.testing.postgresql import ServerFound, create_database, drop_database

_SHAPE = """
SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
    SELECT attrelid::regclass::text || attname || atttypid::text || attnotnull::text AS line FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
    UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT migration::text FROM migration
    UNION ALL SELECT guard_applied::text FROM guard_applied
) AS shape
"""
_EMPTY = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('migration', 'guard_applied')
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'
    LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', name); END LOOP;
END $$
"""
# What a test writes need not outlive the machine; crashes that are tested are those of our processes.
_RELAX = """
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$
"""


class WorkingCopy:
    """The database that test after test of one process works in."""

    def __init__(self, server: ServerFound, template: str) -> None:
        self._server = server
        self._template = template
        self._name = f"{template}_copy"
        self._shape = ""

    async def fresh(self) -> str:
        """An empty database with the template's tables. Answers its address."""
        if not self._shape or not await self._emptied():
            await self._make()
        return self._server.url_of(self._name)

    async def drop(self) -> None:
        """Removes it."""
        await drop_database(self._server, self._name)

    async def _make(self) -> None:
        url = await create_database(self._server, self._name, template=self._template)
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(_RELAX)
            self._shape = await connection.fetchval(_SHAPE)
        finally:
            await connection.close()

    async def _emptied(self) -> bool:
        try:
            connection = await asyncpg.connect(self._server.url_of(self._name))
        except (OSError, asyncpg.PostgresError):
            return False
        try:
            if await connection.fetchval(_SHAPE) != self._shape:
                return False
            await connection.execute("SET lock_timeout = '2s'; SET session_replication_role = replica")
            await connection.execute(_EMPTY)
        except asyncpg.PostgresError:
            return False
        finally:
            await connection.close()
        return True
