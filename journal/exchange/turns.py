"""Whose turn it is in the queue of exports and imports.

The queue (django-tasks) holds one job of each person at a time. The next enters at its end when the
one before is over, so first come, first served goes round by person, and everyone's turn comes.
A small job has a queue that one of the two workers does alone, so it never waits for a large one of
someone else. The other worker does both in the order in which they came.

Nobody may see the tasks and rows of others, so all of this runs as the owner of the tables, and
tells no more than how many come first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from journal.exchange.models import Export, HasFile, Import
from journal.exchange.progress import Step, last_sign_of_life
from journal.photos.models import Photo
from journal.privacy.rls import OWNER, acting_as
from journal.reflections.entries.models import Entry

SMALL, LARGE = "default", "large"  # queues
WORKED_OFF_WITH = {SMALL: [SMALL], LARGE: [SMALL, LARGE]}  # what may come before a job
SMALL_FILE = 1024 * 1024  # bytes of an import
FEW_ENTRIES, FEW_PHOTOS = 1000, 20  # of an export
# The first halves of the advisory locks that only this module takes; the other is the person.
HANDING_OVER, WORKING = 0x45784F76, 0x4578576F
AT_WORK = """
select exists(select from pg_locks where locktype = 'advisory' and granted and objsubid = 2
    and database = (select oid from pg_database where datname = current_database())
    and classid = %s::bigint::oid and objid = (hashtext(%s)::bigint & 4294967295)::oid
    and pid <> pg_backend_pid())
"""
LONG = timedelta(minutes=2)  # without a sign of life


def queue_of(row: HasFile) -> str:
    if isinstance(row, Import):
        is_small = row.size <= SMALL_FILE
    else:
        entries = Entry.objects.filter(owner=row.owner_id).count()
        photos = Photo.objects.filter(owner=row.owner_id).count()
        is_small = entries <= FEW_ENTRIES and photos <= FEW_PHOTOS
    return SMALL if is_small else LARGE


def next_of(owner_id: UUID) -> HasFile | None:
    """The job of a person that waits longest, unless one of theirs is in the queue or at work. It
    must be enqueued in this transaction, until whose end nobody else asks."""
    _ask("select pg_advisory_xact_lock(%s, hashtext(%s))", HANDING_OVER, owner_id)
    if is_at_work(owner_id) or _in_line(args_kwargs__args__1=str(owner_id)).exists():
        return None
    return min(_waiting(owner_id), key=lambda row: row.created_at, default=None)


def begin(owner_id: UUID) -> bool:
    """Whether no other job of this person is at work; until the end of the transaction none is. Two
    that write to one journal at once could wait for each other."""
    return bool(_ask("select pg_try_advisory_xact_lock(%s, hashtext(%s))", WORKING, owner_id))


def is_at_work(owner_id: UUID) -> bool:
    """Whether another connection works on a job of this person."""
    return bool(_ask(AT_WORK, WORKING, owner_id))


@dataclass(frozen=True)
class JobStatus:
    """What a page says of a job that is not over."""

    step: Step | None = None  # None before it begins
    ahead: int | None = None  # in the queue, how many jobs come first
    waits_for_own: bool = False  # until another job of the same person is over
    is_slow: bool = False  # nothing has moved for a while
    is_repeated: bool = False  # a worker ended before the job did
    is_put_off: bool = False  # its file could not be reached, and it is tried again later

    @property
    def key(self) -> str:
        """Changes when there is something new to say."""
        if self.is_put_off:
            return "later"
        return self.step.phase.value if self.step else f"waiting-{self.ahead}"


def job_status(row: HasFile) -> JobStatus:
    with acting_as(None, role=OWNER):
        if queued := _queued(args_kwargs__args__0=str(row.pk)).first():
            names, since = WORKED_OFF_WITH[queued.queue_name], queued.enqueued_at
            ahead = _queued(queue_name__in=names, enqueued_at__lt=since).count()
            return JobStatus(ahead=ahead, is_slow=_is_long_ago(since, *_sign_of_life()))
        if _in_line(args_kwargs__args__0=str(row.pk)).exists():
            return JobStatus(is_put_off=True)
        if step := row.progress.read():
            is_slow = _is_long_ago(row.progress.written_at() or row.updated_at)
            return JobStatus(step, is_slow=is_slow, is_repeated=row.tries > 1)
        is_slow = _is_long_ago(row.updated_at, *_sign_of_life())
        return JobStatus(waits_for_own=len(_waiting(row.owner_id)) > 1, is_slow=is_slow)


def is_moving() -> bool:
    """Whether a worker has lately said how far any job is."""
    return any(not _is_long_ago(moment) for moment in _sign_of_life())


def _waiting(owner_id: UUID) -> list[HasFile]:
    exports, imports = Export.objects.waiting(), Import.objects.waiting()
    return [*exports.filter(owner=owner_id), *imports.filter(owner=owner_id)]


def _queued(**which: object) -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.ready().filter(**which)


def _in_line(**which: object) -> QuerySet[DBTaskResult]:
    """Also those that are tried again later."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, **which)


def _sign_of_life() -> list[datetime]:
    """When a worker last said how far any job is."""
    return [at] if (at := last_sign_of_life()) else []


def _is_long_ago(*moments: datetime) -> bool:
    return timezone.now() - max(moments) > LONG


def _ask(sql: str, number: int, owner_id: UUID) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, [number, str(owner_id)])
        return cursor.fetchone()[0]
