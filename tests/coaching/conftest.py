import pytest

from journal.sharing.models import CoachLink
from tests.coaching.factories import link


@pytest.fixture
def linked(ada, mira) -> CoachLink:
    return link(ada, mira)
