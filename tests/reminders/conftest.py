import pytest
from allauth.account.models import EmailAddress

from journal.people.models import User


@pytest.fixture(autouse=True)
def _mail_works(settings) -> None:
    settings.MAIL_WORKS, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def reachable(ada) -> User:
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    return ada
