"""The real settings, but a run of stories signs up more people a minute than one home would, and
their passwords cost less."""

from selftrust import settings
from selftrust.settings import *  # noqa: F403

MORE = {"signup": "1000/m/ip", "login_network": "1000/m/ip"}
ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | MORE
PASSWORD_HASHERS = ["tests.e2e.hashers.Argon2PasswordHasher", *settings.PASSWORD_HASHERS[1:]]
