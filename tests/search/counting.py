from django.db import connection
from django.test.utils import CaptureQueriesContext

QUIET = ("SAVEPOINT", "RELEASE", "select current_setting", "select set_config")


def statements_of_page(client, path) -> int:
    """As Django sees them; the cursors that `scan` declares go past it."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len([query for query in captured if not query["sql"].startswith(QUIET)])
