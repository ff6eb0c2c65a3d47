"""What either side clicks on a program, and days that pass."""

from datetime import timedelta

from journal.privacy.rls import acting_as
from journal.sharing.models import ClientProgram
from tests.coaching.coach_client import browser_of
from tests.conftest import signed_in


def row_of(person) -> ClientProgram:
    with acting_as(person):
        return ClientProgram.objects.select_related("link").get()


def do(person, row, what: str):
    return signed_in(person).post(row.get_absolute_url(), {"do": what})


def by_coach(coach, row, what: str):
    return browser_of(coach).post(f"/coach/client-programs/{row.pk}/", {"do": what}, follow=True)


def started_days_ago(row, days: int, **changes) -> None:
    with acting_as(row.owner_id):
        row = ClientProgram.objects.get(pk=row.pk)
        row.started_on = row.started_on - timedelta(days=days)
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()
