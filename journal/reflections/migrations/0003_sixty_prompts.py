from django.db import migrations

from journal.reflections.prompts.library import PROMPTS


def fill(apps, schema_editor):
    Prompt = apps.get_model("reflections", "Prompt")
    Prompt.objects.bulk_create(
        Prompt(practice=practice, text=text)
        for practice, texts in PROMPTS.items()
        for text in texts
    )


def empty(apps, schema_editor):
    apps.get_model("reflections", "Prompt").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("reflections", "0002_prompts_topics_and_earlier_words")]

    operations = [migrations.RunPython(fill, empty)]
