import logging

import pytest


@pytest.fixture(autouse=True)
def _refusals_are_no_news(caplog):
    """These tests ask for hundreds of refusals; a test that fails should show only its own."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Nobody signs in here, so nobody waits for Argon2."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
