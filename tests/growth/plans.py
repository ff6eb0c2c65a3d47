"""How PostgreSQL goes about each statement that a block runs, in the same role and transaction."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.base import ServerSideCursor
from psycopg import sql
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer

from journal.database.base import Cursor
from journal.privacy.batched_queries import _PreparedCursor

PLANNED = re.compile(rb"\s*(?:select|insert|update|delete|with)\b", re.I)
OF_TRANSACTION = re.compile(rb"\s*select (?:set_config|current_setting|pg_backend_pid)\b", re.I)
LARGE = 10_000  # rows of a table
MOST_SORTED = 5_000
TABLE, ROLE = "Relation Name", "Parent Relationship"  # as EXPLAIN names them


@dataclass(frozen=True)
class Plan:
    statement: str
    root: dict[str, Any]

    def nodes(self) -> Iterator[dict[str, Any]]:
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.get("Plans", [])


@contextmanager
def explained() -> Iterator[list[Plan]]:
    """Fills the list with the plan of every statement of Django's and of psycopg's cursors. One
    that is prepared is planned for these values, and for none, as PostgreSQL does after a while."""
    plans: list[Plan] = []
    with pytest.MonkeyPatch.context() as patch:
        for cursor in (Cursor, _PreparedCursor, ServerSideCursor):
            patch.setattr(cursor, "execute", _explaining(cursor.execute, plans))
        yield plans


def _explaining(execute: Any, plans: list[Plan]) -> Any:
    def explain_and_execute(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        text = query.as_bytes(self) if isinstance(query, sql.Composable) else query
        text = text.encode() if isinstance(text, str) else text
        if PLANNED.match(text) and not OF_TRANSACTION.match(text):
            plans.append(_plan(self.connection, "", text, params))
            if isinstance(self, _PreparedCursor):
                numbered = PostgresQuery(Transformer(self.connection))
                numbered.convert(text, params)
                plans.append(_plan(self.connection, "generic_plan, ", numbered.query, None))
        return execute(self, query, params, **more)

    return explain_and_execute


def _plan(there: Any, how: str, text: bytes, params: Any) -> Plan:
    with psycopg.ClientCursor(there) as asking:
        asking.execute(f"explain ({how}format json) ".encode() + text, params)
        return Plan(text.decode(), asking.fetchone()[0][0]["Plan"])


def large_tables() -> set[str]:
    found = "select relname from pg_class where relkind = 'r' and reltuples > %s"
    with connection.cursor() as cursor:
        cursor.execute(found, [LARGE])
        return {name for (name,) in cursor.fetchall()}


def faults(plans: list[Plan], large: set[str]) -> list[str]:
    """Each place where a statement reads a large table from end to end, or sorts that much."""
    found, parts = unindexed(plans, large), _partial_indexes()
    for plan in plans:
        for node in plan.nodes():
            kind, index, table = (node.get(one) for one in ("Node Type", "Index Name", TABLE))
            if (kind == "Bitmap Index Scan" or (index and table in large)) and (
                "Index Cond" not in node and index not in parts
            ):
                found.append(f"all of {table} by {index}: {plan.statement}")
            elif kind == "Sort":
                (rows,) = (one["Plan Rows"] for one in node["Plans"] if one[ROLE] == "Outer")
                if rows > MOST_SORTED:
                    found.append(f"sorts {rows} rows: {plan.statement}")
    return found


def unindexed(plans: list[Plan], tables: set[str]) -> list[str]:
    return [
        f"all of {node[TABLE]}: {plan.statement}"
        for plan in plans
        for node in plan.nodes()
        if node["Node Type"] == "Seq Scan" and node[TABLE] in tables
    ]


def _partial_indexes() -> set[str]:
    """Reading the whole of one reads a part of the table: the tasks that wait, say."""
    found = "select indexrelid::regclass::text from pg_index where indpred is not null"
    with connection.cursor() as cursor:
        cursor.execute(found)
        return {name for (name,) in cursor.fetchall()}
