"""Health checks of the installation, for `manage.py doctor` and the operator's page.

Each finding is a sentence with a level: ok, look or bad. To add a check, write a function that
yields findings in one of the modules, and call it in `examine`.
"""

from collections.abc import Iterator

from journal.operation.health import archive, database, exports, host, photos, rls, storage
from journal.operation.health.findings import BAD, Finding


def examine() -> Iterator[Finding]:
    yield from host.settings_in_force()
    yield from host.secret_files()
    yield from host.mail()
    yield from host.disk()
    answers = list(database.answers())
    yield from answers
    if answers[0].level == BAD:
        return  # every other check would report the same
    yield from database.connections()
    yield from database.tables()
    yield from wall()
    yield from database.seal()
    yield from database.clock()
    yield from database.left_over()
    yield from database.worker()
    yield from database.mails()
    yield from storage.marks()
    yield from storage.push_keys()
    yield from photos.storage()
    yield from database.reminders()
    yield from exports.scheduled()
    yield from host.backups()
    yield from archive.log()
    yield from archive.base_backups()
    yield from archive.set_aside()
    yield from host.checks_for_operators()


def wall() -> Iterator[Finding]:
    yield from rls.roles()
    yield from rls.policies()
    yield from rls.nobody_sees_nothing()
    yield from rls.what_remains()
