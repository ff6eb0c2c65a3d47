"""Whether the storages and the push key are those of the database, while it runs: a storage that is
no longer mounted is an empty folder."""

from collections.abc import Iterator

from journal.installation import push_key, storage_mark
from journal.operation.health.findings import BAD, Finding


def marks() -> Iterator[Finding]:
    for _is_away, sentence in storage_mark.complaints():
        yield Finding(BAD, sentence)


def push_keys() -> Iterator[Finding]:
    if sentence := push_key.complaint():
        yield Finding(BAD, sentence)
