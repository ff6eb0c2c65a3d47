"""The real settings, but a run of stories may sign up more people a minute than one home would."""

from selftrust import settings
from selftrust.settings import *  # noqa: F403

MORE = {"signup": "1000/m/ip", "login_network": "1000/m/ip"}
ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | MORE
