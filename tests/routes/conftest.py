import logging

import pytest


@pytest.fixture(autouse=True)
def _refusals_are_no_news(caplog):
    """These tests ask for hundreds of refusals; a test that fails should show only its own."""
    caplog.set_level(logging.CRITICAL, "django.request")
