"""The description of the API keeps its word: schemathesis makes requests of it, right ones and
wrong ones, and looks at the answers. `make test-long` makes many more."""

from itertools import product
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as settings_of_hypothesis
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from journal.people.middleware import only_utf8
from tests.api.factories import V1, make_token
from tests.factories import make_entry
from tests.promises.factories import make_promise

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]  # the second for `make test-long`

# What a schema cannot say is a rule of a form: no day to come, nothing but blanks, a version.
LEFT_OUT = [checks.positive_data_acceptance]


def test_every_operation_answers_as_described(ada, app):
    headers = {"Authorization": f"Bearer {make_token(ada)}"}
    schema = schemathesis.openapi.from_wsgi(f"{V1}openapi.json", app)
    found = [one.ok() for one in schema.get_all_operations()]
    assert len(found) == 12
    few = settings_of_hypothesis(
        settings_of_hypothesis.default,
        max_examples=settings_of_hypothesis.default.max_examples // 5,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    for operation, mode in product(found, (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)):
        places = places_of(ada, operation) if mode is GenerationMode.POSITIVE else None

        @few
        @given(case=operation.as_strategy(mode, path_parameters=places))
        def probe(case: Any) -> None:
            case.call_and_validate(headers=headers, excluded_checks=LEFT_OUT)

        probe()


@pytest.fixture
def app(settings) -> Any:
    """Without what counts and what closes connections: all that is asked is one test."""
    settings.ACCOUNT_RATE_LIMITS = {}
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield only_utf8(WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def places_of(ada: Any, operation: Any) -> dict[str, Any] | None:
    """What is there, so that not every answer is a 404."""
    made = {
        "entries/{pk}": lambda: {"pk": str(make_entry(ada).pk)},
        "promises/{pk}": lambda: {"pk": str(make_promise(ada).pk), "day": today()},
        "daily-checks": lambda: {"day": today()},
    }
    return next((make() for start, make in made.items() if start in operation.path), None)


def today() -> str:
    return timezone.localdate().isoformat()
