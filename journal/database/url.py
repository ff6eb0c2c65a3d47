"""DATABASE_URL and DATABASE_DIRECT_URL as Django's settings. libpq itself reads them, so what libpq
knows is obeyed, and anything else refused."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from journal.embedded.errors import CannotStart

PLAINLY = "postgres://user:password@host/name"
SPECIAL = (
    f"{{variable}} can't be read. It has to look like {PLAINLY}; special characters in the "
    "password are written as percent signs and numbers, as %40 for @ and %25 for %."
)
NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
# A network that went away ends a wait of workers and commands within a minute.
KEEPALIVES = {
    **{"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"},
    "tcp_user_timeout": "60000",
}


def settings_of(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """NAME, USER, PASSWORD, HOST, PORT and OPTIONS. Raises CannotStart, without the password."""
    scheme, _colon, rest = url.partition("://")
    if scheme.lower() not in {"postgres", "postgresql"}:
        raise CannotStart(f"{variable} is written {PLAINLY}.")
    try:
        found = conninfo_to_dict(f"postgresql://{rest}")
    except psycopg.Error as error:
        reason = str(error).strip()
        if "query parameter" in reason:
            raise CannotStart(f"{variable} is refused by PostgreSQL: {reason}.") from None
        raise CannotStart(SPECIAL.format(variable=variable)) from None
    if "@" in str(found.get("host", "")):
        raise CannotStart(SPECIAL.format(variable=variable))
    if not found.get("dbname"):
        raise CannotStart(f"{variable} names no database. It has to look like {PLAINLY}.")
    if str(found.pop("client_encoding", "utf8")).lower() not in {"utf8", "utf-8", "unicode"}:
        raise CannotStart(f"{variable} asks for a client_encoding, but Selftrust writes UTF-8.")
    if not str(found.get("port", "")).strip(","):
        found.pop("port", None)  # several hosts, each at the usual port
    elif not str(found["port"]).replace(",", "").isdecimal():
        raise CannotStart(f"{variable} names the port {found['port']!r}, which isn't a number.")
    if "," in str(found.get("host", "")):  # of a primary and its standbys, the primary
        found.setdefault("target_session_attrs", "read-write")
    settings: dict[str, Any] = {ours: found.pop(theirs, "") for theirs, ours in NAMES.items()}
    return {**settings, "OPTIONS": {**KEEPALIVES, **found}}


def direct_settings(direct: str, pooled: str) -> dict[str, Any]:
    """The same of DATABASE_DIRECT_URL; empty where it is not set."""
    if direct and not pooled:
        raise CannotStart("DATABASE_DIRECT_URL needs DATABASE_URL, the address of the pooler.")
    return settings_of(direct, "DATABASE_DIRECT_URL") if direct else {}
