"""The real settings, but a run of stories may sign up more people a minute than one home would."""

from selftrust.settings import *  # noqa: F403

ACCOUNT_RATE_LIMITS = {"signup": "1000/m/ip", "login": "1000/m/ip"}
