"""The library of prompts, for the operator. None is deleted: entries show what they answer."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from journal.reflections.prompts.models import Prompt


@admin.register(Prompt)
class PromptAdmin(admin.ModelAdmin):
    list_display = ("text", "practice")
    list_filter = ("practice",)
    show_full_result_count = False
    fields = ("practice", "text")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
