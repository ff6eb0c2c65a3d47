import pytest
from django.test import Client


@pytest.fixture
def visitor() -> Client:
    """Gets the page a person would get, where the test client would raise."""
    return Client(raise_request_exception=False)


@pytest.fixture
def adas_visit(ada, visitor) -> Client:
    visitor.force_login(ada)
    return visitor
