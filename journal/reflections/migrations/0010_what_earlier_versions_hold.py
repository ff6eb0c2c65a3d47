import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from journal.privacy.wall import BelongTogether


class Migration(migrations.Migration):
    dependencies = [
        ("reflections", "0009_weekly_reflection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="earlierversion",
            name="intensity",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(10)],
                verbose_name="How strong was the feeling?",
            ),
        ),
        migrations.AddField(
            model_name="earlierversion",
            name="own_prompt",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="reflections.ownprompt",
                verbose_name="Prompt",
            ),
        ),
        migrations.AddField(
            model_name="earlierversion",
            name="practice",
            field=models.CharField(
                blank=True,
                choices=[
                    ("promises", "Promises"),
                    ("boundaries", "Boundaries"),
                    ("compassion", "Self-compassion"),
                    ("decisions", "Decisions"),
                    ("mistakes", "Mistakes"),
                ],
                max_length=10,
                verbose_name="Practice",
            ),
        ),
        migrations.AddField(
            model_name="earlierversion",
            name="prompt",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="reflections.prompt",
                verbose_name="Prompt",
            ),
        ),
        migrations.AddField(
            model_name="earlierversion",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="reflections.topic",
                verbose_name="Topic",
            ),
        ),
        migrations.AddField(
            model_name="earlierversion",
            name="written_on",
            field=models.DateField(null=True, verbose_name="Day"),
        ),
        migrations.AlterField(
            model_name="entry",
            name="own_prompt",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="reflections.ownprompt",
                verbose_name="Prompt",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="prompt",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="reflections.prompt",
                verbose_name="Prompt",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="reflections.topic",
                verbose_name="Topic",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlierversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("intensity", None), ("intensity__lte", 10), _connector="OR"),
                name="earlier_intensity_to_ten",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlierversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("prompt", None), ("own_prompt", None), _connector="OR"),
                name="earlier_of_one_prompt",
            ),
        ),
        BelongTogether(
            "earlierversion", column="topic_id", parent="reflections_topic", on_delete="set null"
        ),
        BelongTogether(
            "earlierversion",
            column="own_prompt_id",
            parent="reflections_ownprompt",
            on_delete="set null",
        ),
    ]
