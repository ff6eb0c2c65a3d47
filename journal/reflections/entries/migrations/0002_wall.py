from django.db import migrations

from journal.privacy.migration_operations import (
    EnableRowLevelSecurity,
    ReadableByAll,
    SameOwnerForeignKey,
)
from journal.reflections.entries.prompts.data import PROMPTS


def fill(apps, schema_editor):
    Prompt = apps.get_model("entries", "Prompt")
    Prompt.objects.bulk_create(
        Prompt(practice=practice, text=text)
        for practice, texts in PROMPTS.items()
        for text in texts
    )


def empty(apps, schema_editor):
    apps.get_model("entries", "Prompt").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("entries", "0001_tables"),
    ]

    operations = [
        migrations.RunPython(fill, empty),
        ReadableByAll("prompt"),
        EnableRowLevelSecurity("ownprompt"),
        EnableRowLevelSecurity("hiddenprompt"),
        EnableRowLevelSecurity("entrytemplate"),
        EnableRowLevelSecurity("tag"),
        EnableRowLevelSecurity("entry"),
        EnableRowLevelSecurity("earlierversion"),
        EnableRowLevelSecurity("entrytag"),
        SameOwnerForeignKey(
            "entry", column="own_prompt_id", parent="entries_ownprompt", on_delete="set null"
        ),
        SameOwnerForeignKey("entrytag", column="entry_id", parent="entries_entry"),
        SameOwnerForeignKey("entrytag", column="tag_id", parent="entries_tag"),
        SameOwnerForeignKey("earlierversion", column="entry_id", parent="entries_entry"),
        SameOwnerForeignKey(
            "earlierversion",
            column="own_prompt_id",
            parent="entries_ownprompt",
            on_delete="set null",
        ),
    ]
