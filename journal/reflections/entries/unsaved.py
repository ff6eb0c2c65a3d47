"""The buttons of the writing page that store nothing: another prompt, a template, the preview.

The page comes back as the person typed it. With scripts, static/js/writing.js adds a template's
lines itself, and HTMX fetches only the prompt or the preview.
"""

from django.http import HttpResponse
from django.shortcuts import render

from journal.guide import line_templates
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.reflections.entries import responses
from journal.reflections.entries.entry_templates import queries as entry_templates
from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.markdown import Budget, TooMuch, plain_html, to_html
from journal.reflections.entries.models import Entry
from journal.reflections.entries.prompts import selection

ANOTHER_PROMPT, NO_PROMPT, TEMPLATE, PREVIEW = BUTTONS = (
    "another-prompt",
    "no-prompt",
    "template",
    "preview",
)


def is_asked(request: SignedInRequest) -> bool:
    return request.method == "POST" and any(button in request.POST for button in BUTTONS)


def page(request: SignedInRequest, entry: Entry, stored: Entry | None = None) -> HttpResponse:
    person, typed = request.user, request.POST.copy()
    if ANOTHER_PROMPT in typed:
        shown = selection.find(person, typed.get("prompt", ""))
        found = selection.another(person, clock.today(person), shown)
        typed["prompt"] = str(found.pk) if found else ""
        typed["practice"] = found.practice if found else typed.get("practice", "")
    elif NO_PROMPT in typed:
        typed["prompt"] = ""
    elif TEMPLATE in typed:
        template = entry_templates.find(person, typed.get(TEMPLATE, ""))
        typed["body"] = line_templates.below(typed.get("body", ""), template)
    form = EntryForm(typed, instance=entry)
    about_the_text = form.errors.get("body")
    form.errors.clear()  # nobody has asked to save yet
    if PREVIEW not in typed:
        return responses.page(request, form, stored)
    preview = None if about_the_text else _rendered(form.cleaned_data["body"])
    if request.htmx:
        context = {"preview": preview, "errors": about_the_text}
        return render(request, "reflections/entries/_preview.html#preview", context)
    if about_the_text:
        form.errors["body"] = about_the_text
    return responses.page(request, form, stored, preview=preview)


def _rendered(body: str) -> str:
    try:
        return to_html(body, Budget())
    except TooMuch:
        return plain_html(body)
