import pytest
from django.conf import settings

from tests.guide.toy_flow import TOYS


@pytest.fixture(autouse=True)
def _toys(monkeypatch) -> None:
    monkeypatch.setattr(settings, "ROOT_URLCONF", TOYS)
