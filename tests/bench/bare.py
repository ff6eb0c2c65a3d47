"""What the pages are measured against: a project as `django-admin startproject` makes it, with one
table and two pages. Nothing of ours is in it: no middleware, no session of a person, no wall, no
seal. It reads the same database through Django's own backend.
"""

import json
import os
from pathlib import Path

import django
from django import forms
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from journal.embedded.capacity import Capacity
from journal.embedded.ending_settings import Ending

settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY="only for the bench",
    ALLOWED_HOSTS=["localhost"],
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "tests.bench.reference",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={"default": json.loads(os.environ["BENCH_DATABASE"])},
    USE_TZ=True,
    # What our web server asks the settings for.
    DATA_DIR=Path(os.environ["SELFTRUST_DATA_DIR"]),
    CAPACITY=Capacity(),
    ENDING=Ending(pause=0, within=3),
    STATIC_URL="static/",
    PATHS_WITHOUT_DATABASE=("/healthz",),
    LARGE_UPLOADS={},
    SHARE_PATH="",
)
django.setup()

from tests.bench.reference.models import Row  # noqa: E402 - after the settings


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def h8(request: HttpRequest) -> HttpResponse:
    """Eight queries of 20 rows, one of them rendered as a page of 10 KB."""
    groups = [
        list(Row.objects.filter(group=group).order_by("-day", "-id")[:20]) for group in range(8)
    ]
    return render(request, "reference/h8.html", {"rows": groups[0]})


class RowForm(forms.ModelForm):
    class Meta:
        model = Row
        fields = ("title", "body", "day")


def insert(request: HttpRequest) -> HttpResponse:
    form = RowForm(request.POST or None, instance=Row(group=99))
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("/h8/")
    return render(request, "reference/insert.html", {"form": form})


urlpatterns = [path("healthz", healthz), path("h8/", h8), path("insert/", insert)]
application = WSGIHandler()
