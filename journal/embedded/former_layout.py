"""Recognises a database or backup from before the tables were renamed.

No release had the old tables, so no migration starts from them. A person moves their journal with
its export file, which keeps the old names.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from journal.embedded.errors import CannotStart

# A migration that only the former layout has, as `app.name`.
MARK = "people.0001_initial"
REFUSAL = (
    "was made by an earlier Selftrust with different tables. Export each journal with the old "
    "version and import it with this one. Nothing was changed."
)


def refuse_former_database(connection: BaseDatabaseWrapper) -> None:
    """Raises CannotStart before anything changes."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('django_migrations') is not null")
        if not cursor.fetchone()[0]:
            return
        cursor.execute(
            "select exists (select from django_migrations where app || '.' || name = %s)", [MARK]
        )
        if cursor.fetchone()[0]:
            raise CannotStart(f"This database {REFUSAL}")
