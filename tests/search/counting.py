from django.db import connection
from django.test.utils import CaptureQueriesContext

QUIET = ("SAVEPOINT", "RELEASE", "select current_setting", "select set_config")


def statements_of_post(client, path, fields) -> int:
    """As Django sees them; the cursor that `scan` declares goes past it."""
    with CaptureQueriesContext(connection) as captured:
        assert client.post(path, fields).status_code == 200
    return len([query for query in captured if not query["sql"].startswith(QUIET)])
