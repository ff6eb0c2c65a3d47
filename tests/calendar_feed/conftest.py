import pytest
import time_machine

NOON = "2026-11-19T12:00:00+01:00"  # a Thursday, in the zone of the installation


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield
