"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from journal.people import middleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selftrust.settings")
application = middleware.only_utf8(get_wsgi_application())
