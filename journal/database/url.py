"""DATABASE_URL as Django's settings. libpq itself reads it, so what libpq knows is obeyed, and
anything else refused."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from journal.embedded.errors import CannotStart

PLAINLY = "postgres://user:password@host/name"
SPECIAL = (
    f"DATABASE_URL can't be read. It has to look like {PLAINLY}; special characters in the "
    f"password are "
    "written as percent signs and numbers, as %40 for @ and %25 for %."
)
NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
# A network that went away ends a wait of workers and commands within a minute.
KEEPALIVES = {
    **{"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"},
    "tcp_user_timeout": "60000",
}


def settings_of(url: str) -> dict[str, Any]:
    """NAME, USER, PASSWORD, HOST, PORT and OPTIONS. Raises CannotStart, without the password."""
    scheme, _colon, rest = url.partition("://")
    if scheme.lower() not in {"postgres", "postgresql"}:
        raise CannotStart(f"DATABASE_URL is written {PLAINLY}.")
    try:
        found = conninfo_to_dict(f"postgresql://{rest}")
    except psycopg.Error as error:
        reason = str(error).strip()
        if "query parameter" in reason:
            raise CannotStart(f"DATABASE_URL is refused by PostgreSQL: {reason}.") from None
        raise CannotStart(SPECIAL) from None
    if "@" in str(found.get("host", "")):
        raise CannotStart(SPECIAL)
    if not found.get("dbname"):
        raise CannotStart(f"DATABASE_URL names no database. It has to look like {PLAINLY}.")
    if str(found.pop("client_encoding", "utf8")).lower() not in {"utf8", "utf-8", "unicode"}:
        raise CannotStart("DATABASE_URL asks for a client_encoding, but Selftrust writes UTF-8.")
    if not str(found.get("port", "0")).replace(",", "").isdecimal():
        raise CannotStart(f"DATABASE_URL names the port {found['port']!r}, which isn't a number.")
    settings: dict[str, Any] = {ours: found.pop(theirs, "") for theirs, ours in NAMES.items()}
    return {**settings, "OPTIONS": {**KEEPALIVES, **found}}
