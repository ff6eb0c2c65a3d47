"""What really stands in the database, past the wall and past the seal."""

from typing import Any

from django.db import connection


def run(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall() if cursor.description else []


def changed(sql: str, *parameters: Any) -> int:
    """How many rows a statement touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.rowcount


def actor() -> tuple[str, str]:
    """The role and the person that the database sees now."""
    return run(
        "select current_user, coalesce(current_setting('selftrust.person', true), '')",
    )[0]


def bytes_of(row: Any, column: str) -> bytes | None:
    sql = f"select {column} from {row._meta.db_table} where {row._meta.pk.column} = %s"
    found = run(sql, row.pk)[0][0]
    return None if found is None else bytes(found)


def put_bytes(row: Any, column: str, value: bytes | None) -> None:
    sql = f"update {row._meta.db_table} set {column} = %s where {row._meta.pk.column} = %s"
    assert changed(sql, value, row.pk) == 1
