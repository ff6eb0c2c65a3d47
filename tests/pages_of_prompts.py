"""Prompts and templates of one's own."""

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries.prompts.models import Prompt
from tests.page import Page
from tests.reflections.factories import make_own_prompt, make_own_template


def prompts(ada: User) -> str:
    own = make_own_prompt(ada, "What did the sea say?", practice="compassion")
    hidden = make_own_prompt(ada, "What did the hill say?")
    with acting_as(ada):
        hidden.hide_from(ada)
        Prompt.objects.first().hide_from(ada)
    return f"/journal/prompts/{own.pk}/"


def own_template(ada: User) -> str:
    return f"/journal/templates/{make_own_template(ada, 'After a call').pk}/"


def all_prompts(ada: User) -> str:
    prompts(ada)
    return "/journal/prompts/"


PROMPTS = [
    Page("prompts, none of one's own", "/journal/prompts/"),
    Page("prompts", all_prompts),
    Page("prompts refused", "/journal/prompts/", send="/prompts/", fill={"text": ""}),
    Page("prompt", prompts),
    Page("prompt, two versions", prompts, fill={"version": "7"}, send="/", status=409),
    Page("templates, none of one's own", "/journal/templates/"),
    Page("templates", lambda ada: own_template(ada) and "/journal/templates/"),
    Page("templates refused", "/journal/templates/", send="/templates/", fill={"lines": ""}),
    Page("template", own_template),
    Page("template, two versions", own_template, fill={"version": "7"}, send="/", status=409),
    Page("template removed", own_template, send="/delete/"),
    Page("prompt removed", prompts, send="/delete/"),
]
