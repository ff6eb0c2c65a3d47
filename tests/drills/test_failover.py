"""The primary is killed while twenty people write over two machines, and its standby promoted; what
was acknowledged is there, once, and nobody sees anything but success or "Back soon".

`make test-failover` (KILLS=2 for a short one).
"""

import html
import os
import random
import secrets
import shutil
import signal
import threading
import time
from statistics import median

import pytest

from tests.drills.clusters import Cluster, primary_and_standby
from tests.drills.patroni import ABSENT, IS_THERE, under_patroni
from tests.drills.test_kills import PATIENCE, Writer, until
from tests.embedded.running import Visitor, new_folder, served, started_before

pytestmark = [pytest.mark.long, pytest.mark.failover]

KILLS = int(os.environ.get("KILLS") or 10)
MOST_UNDER_PATRONI = 4  # each takes up to half a minute to be noticed
WRITERS, BETWEEN, READ = 20, 40, 100
WITHIN = 10  # seconds from a promotion until both machines save again


@pytest.mark.parametrize(
    ("clusters", "kills"),
    [
        pytest.param(primary_and_standby, KILLS, id="promoted at once"),
        pytest.param(
            under_patroni,
            min(KILLS, MOST_UNDER_PATRONI),
            id="by Patroni",
            marks=pytest.mark.skipif(not IS_THERE, reason=ABSENT),
        ),
    ],
)
def test_no_acknowledged_entry_is_lost_when_the_primary_is(clusters, kills):
    folder = new_folder()
    data = folder / "var"
    started_before(data)
    with (
        clusters(data) as (primary, standby, url),
        served(data, DATABASE_URL=url) as (one, port, _data),
        served(data, DATABASE_URL=url) as (two, other_port, _data),
    ):
        ada, ended = Visitor(port), threading.Event()
        ada.sign_up("ada@example.org", secrets.token_urlsafe(20))
        nodes = [writers_as(ada, where, ended) for where in (port, other_port)]
        seconds, promotions = [], []
        for kill in range(kills):
            more_is_saved_on_each(nodes, BETWEEN)
            lost = time.monotonic()
            lose(primary, frozen=kill % 3 == 2)
            standby.promote()
            promoted = time.monotonic()
            promotions.append(promoted - lost)
            more_is_saved_on_each(nodes, 1)
            seconds.append(time.monotonic() - promoted)
            primary.kill()
            primary.follow(standby, rewind=kill % 2 == 0)
            primary, standby = standby, primary
            primary.set_standbys("*")
            until(primary.has_its_standby)
        more_is_saved_on_each(nodes, BETWEEN)
        ended.set()
        writers = [writer for node in nodes for writer in node]
        for writer in writers:
            writer.thread.join(PATIENCE)
            assert not writer.thread.is_alive()

        saved = {pk: body for writer in writers for pk, body in writer.saved.items()}
        unanswered = [status for writer in writers for status in writer.unanswered]
        stored = [pk for (pk,) in primary.sql("select id::text from entries_entry")]
        print(  # noqa: T201
            f"\n{kills} kills: {len(saved)} entries acknowledged, {len(set(saved) - set(stored))} "
            f"lost, {len(unanswered)} answers of 503; writing again on both machines "
            f"{median(seconds):.1f} s after a promotion, at most {max(seconds):.1f} s; a "
            f"promotion {median(promotions):.1f} s after the loss, at most {max(promotions):.1f} s"
        )
        assert sorted(stored) == sorted(saved)
        for pk in random.sample(sorted(saved), READ):
            status, page = ada.ask("GET", f"/journal/{pk}/")
            assert (status, saved[pk] in html.unescape(page)) == (200, True)
        assert set(unanswered) == {503}
        assert max(seconds) <= WITHIN
        assert [node.poll() for node in (one, two)] == [None, None]
    shutil.rmtree(folder, ignore_errors=True)


def writers_as(ada: Visitor, port: int, ended: threading.Event) -> list[Writer]:
    writers = [Writer(Visitor(port), ended) for _ in range(WRITERS // 2)]
    for writer in writers:
        writer.visitor.cookies, writer.visitor.token = dict(ada.cookies), ada.token
        writer.start()
    return writers


def more_is_saved_on_each(nodes: list[list[Writer]], more: int) -> None:
    enough = [saved_on(node) + more for node in nodes]
    until(lambda: all(saved_on(n) >= least for n, least in zip(nodes, enough, strict=True)))


def saved_on(writers: list[Writer]) -> int:
    return sum(len(writer.saved) for writer in writers)


def lose(primary: Cluster, *, frozen: bool) -> None:
    """A machine that is gone resets connections; one that hangs does not answer them."""
    if frozen:
        primary.signal(signal.SIGSTOP)
    else:
        primary.kill()
