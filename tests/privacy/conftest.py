import pytest

from journal.privacy.rls import acting_as
from tests.factories import make_entry


@pytest.fixture
def as_ada(ada):
    """Behind the wall as ada, who has written before: her data key is there to stay."""
    make_entry(ada).delete()
    with acting_as(ada):
        yield ada
