"""The library of prompts, for the operator. No prompt can be deleted, since entries show theirs."""

from django.contrib import admin

from journal.people.admin_site import KeptRows
from journal.reflections.entries.prompts.models import Prompt


@admin.register(Prompt)
class PromptAdmin(KeptRows):
    list_display = ("text", "practice")
    list_filter = ("practice",)
    show_full_result_count = False
    fields = ("practice", "text")
