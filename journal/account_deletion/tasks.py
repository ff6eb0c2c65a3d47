"""The background task that deletes accounts that are due (django-tasks; `manage.py worker`)."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from journal.account_deletion import deletion
from journal.people.models import User
from journal.privacy.rls import OWNER, acting_as


@task()
def delete_due() -> None:
    deletion.delete_due()


def enqueue(due: datetime) -> None:
    """Enqueues as the owner's role, since the person's may not write to the table of tasks."""
    with acting_as(None, role=OWNER):
        delete_due.using(run_after=due).enqueue()


def enqueue_unfinished() -> None:
    """Runs as the owner of the tables."""
    if User.objects.filter(deletion_due_at__lte=timezone.now()).exists():
        delete_due.enqueue()
