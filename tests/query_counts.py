"""Which SQL statements a page takes, without transaction control and the switch of roles."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

CONTROL = (
    "savepoint",
    "release",
    "rollback",
    "begin",
    "commit",
    "select set_config",
    "select current_setting",
)


def statements_of(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured if not query["sql"].lower().startswith(CONTROL)]
