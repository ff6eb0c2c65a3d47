"""The application the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from journal.people import error_views

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selftrust.settings")
application = error_views.only_utf8(get_wsgi_application())
