"""A cache backend shared by all processes, since rate limits must count across processes.

allauth counts in Django's cache, under a lock that it takes with `add`. Django's own backends do
not work for that: the memory cache belongs to one process, and the database cache writes inside
the request's transaction, where other requests do not see the row and an error rolls it back. This
backend writes each value in its own statement, on its own connections, in an unlogged table that
only the owner's role can reach. `add` is one insert, which succeeds for one process only, so no two
processes hold the lock, count an attempt twice, or accept the same six digits. Keys (addresses,
networks) are hashed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac
from psycopg import Cursor
from psycopg_pool import ConnectionPool

from journal.database import deadlines, direct
from journal.database.base import Connection

# Connections, each used for one statement; code that waits for one holds no other of these. They go
# past a pooler, since a request in a transaction holds one of its few sessions meanwhile.
MOST = 2
PATIENCE = 10  # seconds, in commands; a request has less (database/deadlines.py)
FOREVER = 10 * 365 * 24 * 60 * 60

ADD = """
insert into people_sharedvalue as held (key, value, expires_at)
values (%s, %s, now() + %s * interval '1 second')
on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at
 where held.expires_at <= now()
"""
SET = ADD.replace(" where held.expires_at <= now()", "")
GET = "select value from people_sharedvalue where key = %s and expires_at > now()"
DELETE = "delete from people_sharedvalue where key = %s and expires_at > now()"

_pools: dict[str, ConnectionPool[Connection]] = {}


@contextmanager
def _cursor() -> Iterator[Cursor]:
    name = str(connection.settings_dict["NAME"])
    pool = _pools.get(name)
    if pool is None:
        made = ConnectionPool(
            connection_class=Connection,
            kwargs={
                **direct.parameters(),
                **{"autocommit": True, "prepare_threshold": None},
            },
            min_size=0,
            max_size=MOST,
            timeout=PATIENCE,
            open=False,
            check=ConnectionPool.check_connection,
        )
        pool = _pools.setdefault(name, made)
    pool.open()
    with pool.connection(min(PATIENCE, deadlines.left())) as own, own.cursor() as cursor:
        yield cursor


def close() -> None:
    while _pools:
        _pools.popitem()[1].close()


class SharedCache(BaseCache):
    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _key(self, key: str, version: int | None) -> str:
        return salted_hmac("shared cache", self.make_and_validate_key(key, version)).hexdigest()

    def _write(self, statement: str, key: str, value: Any, timeout: Any) -> bool:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        with _cursor() as cursor:
            seconds = FOREVER if seconds is None else seconds
            return cursor.execute(statement, [key, json.dumps(value), seconds]).rowcount == 1

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return self._write(ADD, self._key(key, version), value, timeout)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._write(SET, self._key(key, version), value, timeout)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with _cursor() as cursor:
            row = cursor.execute(GET, [self._key(key, version)]).fetchone()
        return default if row is None else json.loads(row[0])

    def delete(self, key: Any, version: int | None = None) -> bool:
        with _cursor() as cursor:
            return cursor.execute(DELETE, [self._key(key, version)]).rowcount == 1

    def clear(self) -> None:
        with _cursor() as cursor:
            cursor.execute("delete from people_sharedvalue")
