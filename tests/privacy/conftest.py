import pytest

from journal.people.models import User
from tests.factories import make_newcomer


@pytest.fixture
def newcomer(db) -> User:
    return make_newcomer("newcomer@example.org")
