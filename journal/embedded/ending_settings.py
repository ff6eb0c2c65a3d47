"""How `serve` ends once it is asked to, so that whoever is being answered still is."""

from typing import NamedTuple

from journal.embedded.environment import Environment


class Ending(NamedTuple):
    """Seconds. During `pause` /readyz says no and all else goes on, so that a load balancer looks
    elsewhere first; then requests and tasks in progress finish `within` so many."""

    pause: int
    within: int


def ending(env: Environment, *, production: bool) -> Ending:
    """At home nobody else would answer meanwhile, so Ctrl-C ends it soon."""
    return Ending(
        pause=env.whole("SELFTRUST_END_PAUSE", 0, least=0),
        within=env.whole("SELFTRUST_END_WITHIN", 30 if production else 3, least=0),
    )
