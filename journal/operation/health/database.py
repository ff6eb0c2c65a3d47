"""Checks of the database, the seal and the worker."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.database import deadlines, direct, errors, probe
from journal.exchange import turns
from journal.operation.backups import swap
from journal.operation.health.findings import BAD, LOOK, OK, Finding
from journal.operation.health.rls import ask
from journal.privacy import keys
from journal.privacy.models import DataKey

OLDEST = 16
APART = 5  # seconds by which two clocks may differ
OUTBOX = "mail_outboxmessage"
REMINDERS = "reminders_reminder"
JOBS = "django_tasks_database_dbtaskresult"
# Apart from those kept for superusers, and no more than the role and the database may have.
ALLOWED = """
select least(
         current_setting('max_connections')::int
         - current_setting('superuser_reserved_connections')::int
         - current_setting('reserved_connections')::int,
         (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user),
         (select nullif(datconnlimit, -1) from pg_database where datname = current_database()))
"""
WAITING = f"""
select count(*) from {JOBS} where status = 'READY' and queue_name <> all (%s)
   and enqueued_at < now() - interval '10 minutes'
   and (run_after < now() - interval '10 minutes' or run_after > now() + interval '1000 years')
"""  # noqa: S608

MAILS_WAIT = f"select count(*) from {OUTBOX} where created_at < now() - interval '2 minutes'"  # noqa: S608
MAILS_GIVEN_UP = f"""
select count(*) from {JOBS} where status = 'FAILED' and queue_name = 'mail'
   and finished_at > now() - interval '1 day'
"""  # noqa: S608

REMINDERS_STAND = f"select count(*) from {REMINDERS} where next_at < now() - interval '10 minutes'"  # noqa: S608


def answers() -> Iterator[Finding]:
    try:
        with deadlines.limited(deadlines.per_request()):
            version = int(ask("show server_version_num")[0][0]) // 10_000
            read_only = probe.is_read_only()
    except DatabaseError as error:
        if errors.is_full(error):
            yield Finding(BAD, _("The database’s disk is full."))
        else:
            yield Finding(BAD, _("The database doesn’t answer."))
        return
    if read_only:
        yield Finding(BAD, _("The database is read-only, so nothing can be saved."))
        return
    if version < OLDEST:
        text = _("PostgreSQL %(found)d is too old: Selftrust needs %(needed)d or newer.")
        yield Finding(BAD, text % {"found": version, "needed": OLDEST})
    else:
        yield Finding(OK, _("PostgreSQL %(found)d answers.") % {"found": version})


def connections() -> Iterator[Finding]:
    """Whether all that this Selftrust may open fit into what its role and database may have."""
    if not direct.is_reached():
        return  # a pooler has limits of its own, and shares
    ((allowed,),), needed = ask(ALLOWED), settings.CAPACITY.connections
    counts = {"needed": needed, "allowed": allowed}
    if needed > allowed:
        text = _(
            "Selftrust may need %(needed)d database connections, but only %(allowed)d are allowed. "
            "Raise max_connections, or lower SELFTRUST_WEB_WORKERS or SELFTRUST_DATABASE_POOL."
        )
        yield Finding(BAD, text % counts)
    else:
        text = _("Selftrust needs at most %(needed)d of %(allowed)d database connections.")
        yield Finding(OK, text % counts)


def tables() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if behind := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
        text = ngettext(
            "%(count)d migration is missing. Start Selftrust, or run manage.py migrate.",
            "%(count)d migrations are missing. Start Selftrust, or run manage.py migrate.",
            behind,
        )
        yield Finding(BAD, text % {"count": behind})
    else:
        yield Finding(OK, _("The tables are up to date."))


def seal() -> Iterator[Finding]:
    """Opens one data key of each master key, which proves that the master key is right."""
    if not connection.introspection.table_names() or not _is_there("privacy_datakey"):
        return
    here = [key.name for key in keys.master_keys()]
    samples = list(DataKey.objects.order_by("master", "owner_id").distinct("master"))
    if not samples:
        yield Finding(OK, _("Nothing is encrypted yet."))
    for row in samples:
        try:
            keys.unwrap(bytes(row.wrapped), row.master, row.owner_id)
        except keys.SealBroken:
            text = _(
                "What people wrote can’t be decrypted, because its master key is missing. "
                "The key’s SHA-256 begins with %(name)s. Put that recovery key back."
            )
            yield Finding(BAD, text % {"name": row.master})
        else:
            if row.master == here[0]:
                yield Finding(OK, _("The master key decrypts what people wrote."))
            else:
                yield Finding(
                    LOOK,
                    _(
                        "Some data keys still depend on an older master key. Run manage.py "
                        "rotate_key."
                    ),
                )


def clock() -> Iterator[Finding]:
    before = datetime.now(UTC)
    ((there,),) = ask("select clock_timestamp()")
    apart = max((before - there).total_seconds(), (there - datetime.now(UTC)).total_seconds())
    if apart > APART:
        text = _("The database’s clock and this machine’s clock are %(count)d seconds apart.")
        yield Finding(LOOK, text % {"count": round(apart)})
    else:
        yield Finding(OK, _("The clocks agree."))


def left_over() -> Iterator[Finding]:
    names = [swap.fresh_name(), swap.former_name()]
    for (name,) in ask(
        "select datname from pg_database where datname = any (%s) order by 1", names
    ):
        text = _(
            "The database %(name)s is left over from an interrupted restore and still has "
            "words in it. The "
            "next restore drops it, or do it by hand."
        )
        yield Finding(LOOK, text % {"name": name})


def worker() -> Iterator[Finding]:
    if not _is_there(JOBS):
        return
    # A large job may wait that long for another one that gets on.
    ((waiting,),) = ask(WAITING, [turns.LARGE] if turns.is_moving() else [])
    if waiting:
        text = ngettext(
            "%(count)d task has been waiting for more than ten minutes. Is manage.py worker "
            "running?",
            "%(count)d tasks have been waiting for more than ten minutes. Is manage.py worker "
            "running?",
            waiting,
        )
        yield Finding(LOOK, text % {"count": waiting})
    else:
        yield Finding(OK, _("No task has been waiting long."))


def mails() -> Iterator[Finding]:
    """Mails that wait in the outbox, and those of the last day that were given up."""
    if not (_is_there(OUTBOX) and _is_there(JOBS)):
        return
    ((waiting,),), ((given_up,),) = ask(MAILS_WAIT), ask(MAILS_GIVEN_UP)
    if waiting:
        text = ngettext(
            "%(count)d mail waits for more than two minutes: does the mail server answer, and is "
            "manage.py worker running?",
            "%(count)d mails wait for more than two minutes: does the mail server answer, and is "
            "manage.py worker running?",
            waiting,
        )
        yield Finding(LOOK, text % {"count": waiting})
    if given_up:
        text = ngettext(
            "In the last day %(count)d mail was given up, after an hour of attempts.",
            "In the last day %(count)d mails were given up, after an hour of attempts.",
            given_up,
        )
        yield Finding(LOOK, text % {"count": given_up})
    if not (waiting or given_up):
        yield Finding(OK, _("No email is waiting."))


def reminders() -> Iterator[Finding]:
    """Who sends a reminder, or drops it, plans its next time: what stays due, nobody handles."""
    if not _is_there(REMINDERS):
        return
    ((overdue,),) = ask(REMINDERS_STAND)
    if overdue:
        text = ngettext(
            "%(count)d reminder has been due for more than ten minutes. Is manage.py worker "
            "running?",
            "%(count)d reminders have been due for more than ten minutes. Is manage.py worker "
            "running?",
            overdue,
        )
        yield Finding(LOOK, text % {"count": overdue})
    else:
        yield Finding(OK, _("No reminder is overdue."))


def _is_there(table: str) -> bool:
    return ask("select to_regclass(%s) is not null", f"public.{table}") == [(True,)]
