"""Whether the storages are those of the database, while it runs: one that is no longer mounted is
an empty folder."""

from collections.abc import Iterator

from journal.installation import storage_mark
from journal.operation.health.findings import BAD, Finding


def marks() -> Iterator[Finding]:
    for _is_away, sentence in storage_mark.complaints():
        yield Finding(BAD, sentence)
