import logging

import pytest
from django.test import client


@pytest.fixture(autouse=True)
def _refusals_are_no_news(caplog):
    """These tests ask for hundreds of refusals; a test that fails should show only its own."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture(autouse=True)
def _nothing_kept_of_templates(monkeypatch):
    """The client would copy the context of each template of each of thousands of pages."""
    monkeypatch.setattr(client, "store_rendered_templates", lambda *_given, **_named: None)
