"""How this installation is, in plain sentences: for `manage.py doctor` and the operator's page.

Each sentence is "ok", something to look at, or bad. A new question is a function in one of the
modules that yields findings, and its line in `examine`.
"""

from collections.abc import Iterator

from journal.operation.health import database, host, rls
from journal.operation.health.findings import BAD, Finding


def examine() -> Iterator[Finding]:
    yield from host.settings_in_force()
    yield from host.secret_files()
    yield from host.mail()
    yield from host.disk()
    answers = list(database.answers())
    yield from answers
    if answers[0].level == BAD:
        return  # everything else would say the same again
    yield from database.tables()
    yield from wall()
    yield from database.seal()
    yield from database.clock()
    yield from database.left_over()
    yield from database.worker()
    yield from host.backups()
    yield from host.checks_for_operators()


def wall() -> Iterator[Finding]:
    yield from rls.roles()
    yield from rls.policies()
    yield from rls.nobody_sees_nothing()
