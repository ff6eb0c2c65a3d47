"""Asks the database as a coach, without a filter, as a view that forgot everything would."""

from django.db import connection, models

from journal.privacy.rls import COACH, acting_as
from journal.sharing import consent
from journal.sharing.models import ShareGrant
from journal.sharing.shareable import KINDS


def seen(coach, *models_: type[models.Model]) -> list[str]:
    """The ids of all that the coach can read, of these tables or of all that can be shared. Their
    own data key is left out."""
    wanted = models_ or [kind.table for kind in KINDS.values()]
    with acting_as(coach, role=COACH):
        rows = [row for model in wanted for row in model.objects.all()]
    return sorted(str(row.pk) for row in rows if row.pk != coach.pk)


def ids(*rows: models.Model) -> list[str]:
    return sorted(str(row.pk) for row in rows)


def as_owner(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def taken_back(grant: ShareGrant) -> None:
    with acting_as(grant.owner_id):
        consent.take_back(grant.link, [grant])


def seen_by(coach, sql: str) -> list[tuple]:
    """In plain SQL, as the coach's role."""
    with acting_as(coach, role=COACH), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
