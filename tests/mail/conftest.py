import pytest
from allauth.account.models import EmailAddress


@pytest.fixture
def outbox(settings):
    """An installation with mail, as it comes: mails wait, and the worker sends them. The mail
    server is Django's own of tests (`django.core.mail.outbox`)."""
    settings.EMAIL_BACKEND = "journal.mail.backend.EmailBackend"
    settings.OUTBOX_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MAIL_WORKS, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"


@pytest.fixture
def confirmed(ada) -> EmailAddress:
    return EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
