"""Fixtures for tests of several folders."""

from collections.abc import Iterator

import pytest

from tests.push.push_service import Device, PushService


@pytest.fixture(scope="session")
def _push_server(tmp_path_factory) -> Iterator[PushService]:
    service = PushService(tmp_path_factory.mktemp("push"))
    yield service
    service.close()


@pytest.fixture
def push_service(_push_server, settings) -> PushService:
    """Allowed for this test only: the allow-list names no host of this machine."""
    settings.PUSH_HOSTS = [_push_server.host]
    settings.PUSH_TO_OWN_NETWORK = True
    settings.PUSH_CERTIFICATES = str(_push_server.certificate)
    _push_server.answers.clear()
    _push_server.silent.clear()
    _push_server.got.clear()
    return _push_server


@pytest.fixture
def phone(push_service) -> Device:
    return Device(push_service.host, "phone")


@pytest.fixture
def laptop(push_service) -> Device:
    return Device(push_service.host, "laptop")
