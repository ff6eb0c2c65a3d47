"""Prompts, templates and tags of one's own."""

from collections.abc import Callable

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries.prompts.models import Prompt
from tests.factories import make_entry, tag_of
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


def tagged(address: str = "", *, name: str = "Sleep") -> Callable[[User], str]:
    def path(ada: User) -> str:
        tag = tag_of(make_entry(ada, tagged=[name]))
        make_entry(ada, "Again", tagged=["Work"])
        return f"/journal/tags/{tag.pk}/{address}"

    return path


PROMPTS = [
    Page("tags, none", "/journal/tags/"),
    Page("tags", lambda ada: tagged()(ada) and "/journal/tags/"),
    Page("tag", tagged()),
    Page("tag refused", tagged(), send="/", fill={"name": ""}),
    Page("tag renamed", tagged(), send="/", fill={"name": "Rest"}),
    Page("tag, merge", tagged("merge/")),
    Page("tag, delete", tagged("delete/")),
    Page("tag deleted", tagged("delete/"), send="/delete/"),
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
