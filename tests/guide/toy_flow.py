"""A practice of the tests' own, at /toys/: small steps over rows that are there, those of mistakes.

It is what the tests of the guide drive, so that no change to a practice breaks them.
"""

from types import ModuleType

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import include, path, reverse
from django.views.decorators.http import require_GET

from journal.guide.flow import Flow
from journal.guide.flow_urls import flow_urls
from journal.guide.steps import Step, StepForm
from journal.people.areas import Area
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.mistakes.models import Mistake
from selftrust import urls
from tests.flow_client import answer_steps

LIST = """{% extends "base.html" %}{% block main %}
{% for draft in drafts %}{% include "guide/_carry_on.html" %}{% endfor %}{% endblock %}"""


class WarmUpForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("conditions",)


class NameForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("title",)


class ReasonForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("expected",)


class PlacesForm(StepForm):
    areas = forms.MultipleChoiceField(
        label="Places",
        choices=Area,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a place."},
    )

    class Meta:
        model = Mistake
        fields = ("areas",)


class FactsForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("what_happened",)


class PairForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("if_situation", "then_action")


class LastForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("repair",)


WARM_UP = Step("warm-up", "Warm up?", WarmUpForm, name="the warming up")
NAME = Step("name", "What is it called?", NameForm, name="the name", required=True)
REASON = Step("reason", "What is it for?", ReasonForm, name="the reason")
PLACES = Step("places", "Where is it?", PlacesForm, name="the places", required=True)
FACTS = Step(
    "facts",
    "What is there?",
    FactsForm,
    name="the facts",
    hint="A hint & more",
    example="One <example>",
    required=True,
)
PAIR = Step("pair", "If and then?", PairForm, name="the pair", required=True)
LAST = Step("last", "What else?", LastForm, name="the rest")
STEPS = (WARM_UP, NAME, REASON, PLACES, FACTS, PAIR, LAST)
TOY = Flow(model=Mistake, name="New toy", steps=STEPS, namespace="toys", sentence_label="Your toy")

NEW = "/toys/new/?step=name"
ANSWERS = {
    "title": "A wooden horse",
    "expected": "For rainy days",
    "areas": ["work"],
    "what_happened": "Four legs",
    "if_situation": "it rains",
    "then_action": "I ride",
    "repair": "A new tail",
}


@require_GET
@login_required
def toys(request: HttpRequest) -> HttpResponse:
    drafts = [TOY.draft(row) for row in request.user.mistakes.drafts()]
    page = engines["django"].from_string(LIST)
    return HttpResponse(page.render({"drafts": drafts}, request))


def urlconf(flow: Flow) -> ModuleType:
    """The addresses of the application, and those of the flow at /toys/."""
    found = ModuleType("addresses_with_toys")
    ours = [path("", toys, name="list"), *flow_urls(flow)]
    found.urlpatterns = [path("toys/", include((ours, "toys"))), *urls.urlpatterns]
    found.handler404 = urls.handler404
    return found


TOYS = urlconf(TOY)


def walk(person: User, client: Client, *, until: str = "", **other) -> Mistake:
    """The whole flow, or up to a step; `other` replaces answers by step."""
    address, _asked = answer_steps(client, NEW, ANSWERS, until=until, instead=other)
    with acting_as(person):
        return person.mistakes.get(pk=address.split("/")[2])


def drafts(person: User) -> list[Mistake]:
    with acting_as(person):
        return list(person.mistakes.drafts().order_by("id"))


def reread(toy: Mistake) -> Mistake:
    with acting_as(toy.owner):
        return Mistake.objects.get(pk=toy.pk)


def step_of(toy: Mistake, slug: str) -> str:
    return reverse("toys:step", args=[toy.pk, slug])
