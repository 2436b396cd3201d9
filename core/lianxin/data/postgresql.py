"""PostgreSQL through asyncpg: transactions that give their connection back whatever happens."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.connection import get_connections

from lianxin.data.cancellation import finish

STATEMENT_MILLISECONDS = "5000"


class PostgresqlClient(AsyncpgDBClient):
    """The site's one client; a pool of connections with a bound on every statement."""

    def __init__(self, **settings: Any) -> None:
        server = {
            "statement_timeout": STATEMENT_MILLISECONDS,
            "idle_in_transaction_session_timeout": "30000",
            "timezone": "UTC",
            "application_name": "lianxin",
            # Few have most of the work: a plan for the average one takes seconds for who has thousands of matters.
            "plan_cache_mode": "force_custom_plan",
            "jit": "off",
        }
        settings["server_settings"] = server | (settings.get("server_settings") or {})
        settings.setdefault("maxsize", 10)
        super().__init__(**settings)

    def _in_transaction(self) -> TransactionContext:
        return PostgresqlTransaction(TransactionWrapper(self), self._pool_init_lock)


class PostgresqlTransaction(TransactionContext):
    """Enters and leaves a transaction so that neither failure nor cancellation keeps a pooled connection."""

    def __init__(self, client: TransactionWrapper, opening: asyncio.Lock) -> None:
        self.client: TransactionWrapper = client
        self._opening = opening

    async def _pool(self) -> asyncpg.Pool:
        parent = self.client._parent
        if parent._pool is None:
            async with self._opening:
                if parent._pool is None:
                    await parent.create_connection(with_db=True)
        assert parent._pool is not None
        return parent._pool

    async def __aenter__(self) -> TransactionalDBClient:
        self._from = await self._pool()
        self.client._connection = await self._from.acquire()
        try:
            await finish(self.client.begin())
        except BaseException:
            await finish(self._abandon())
            raise
        self.token = get_connections().set(self.client.connection_name, self.client)
        return self.client

    async def __aexit__(self, kind: Any, fault: Any, trace: Any) -> None:
        try:
            if not self.client._finalized:
                await finish(self.client.rollback() if kind else self.client.commit())
        finally:
            get_connections().reset(self.token)
            await finish(self._give_back())

    async def _abandon(self) -> None:
        """BEGIN may have gone through all the same; a connection that is broken is dropped by the pool."""
        try:
            if not self.client._connection.is_closed() and self.client._connection.is_in_transaction():
                await self.client.rollback()
        finally:
            await self._give_back()

    async def _give_back(self) -> None:
        await self._from.release(self.client._connection)


client_class = PostgresqlClient
