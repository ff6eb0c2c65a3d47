"""The library of prompts, for the operator. No prompt can be deleted, since entries show theirs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from journal.audit.events import What
from journal.audit.recording import record
from journal.people.admin_site import KeptRows
from journal.reflections.entries.prompts.models import Prompt


@admin.register(Prompt)
class PromptAdmin(KeptRows):
    list_display = ("text", "practice")
    list_filter = ("practice",)
    show_full_result_count = False
    fields = ("practice", "text")

    def save_model(self, request: HttpRequest, obj: Prompt, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(What.PROMPTS, request.user.pk, entries=1)
