"""The background task that deletes accounts that are due (django-tasks; `manage.py worker`)."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from journal.account_deletion import deletion
from journal.people.models import User
from journal.privacy.rls import OWNER, acting_as

TRIED_AGAIN_AFTER = timedelta(minutes=5)


@task()
def delete_due() -> None:
    delete_what_is_due()


def delete_what_is_due() -> int:
    """Returns the number of accounts that are gone. The others are tried again."""
    accounts, left = deletion.delete_due()
    if left:
        enqueue(timezone.now() + TRIED_AGAIN_AFTER)
    return accounts


def enqueue(due: datetime) -> None:
    """Enqueues as the owner's role, since the person's may not write to the table of tasks."""
    with acting_as(None, role=OWNER):
        delete_due.using(run_after=due).enqueue()


def enqueue_unfinished() -> None:
    """Runs as the owner of the tables."""
    if User.objects.filter(deletion_due_at__lte=timezone.now()).exists():
        delete_due.enqueue()
