import pytest

from journal.people.models import User
from tests.push.fixtures import _push_server, laptop, phone, push_service
from tests.reminders.factories import make_confirmed

__all__ = ["_push_server", "laptop", "phone", "push_service"]


@pytest.fixture(autouse=True)
def _mail_works(settings) -> None:
    settings.MAIL_WORKS, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def reachable(ada) -> User:
    return make_confirmed(ada)
