import pytest

from journal.privacy.wall import acting_as
from tests.makers import make_entry


@pytest.fixture
def as_ada(ada):
    """Behind the wall as ada, who has written before: her data key is there to stay."""
    make_entry(ada).delete()
    with acting_as(ada):
        yield ada
