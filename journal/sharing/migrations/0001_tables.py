import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoachLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("coach_name", journal.privacy.fields.WordsField(editable=False, max_length=103)),
                (
                    "address_shown_since",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "consent_text",
                    journal.privacy.fields.WordsField(editable=False, max_length=2000),
                ),
                (
                    "consented_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("muted_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[("client", "You"), ("coach", "Your coach")],
                        editable=False,
                        max_length=6,
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "link to a coach",
                "verbose_name_plural": "links to coaches",
                "indexes": [models.Index(fields=["owner", "-created_at"], name="coachlink_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="coachlink_and_owner"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("owner", "coach"),
                        name="one_link_to_a_coach",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("coach")), _negated=True),
                        name="nobody_coaches_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", "")),
                            models.Q(
                                ("ended_at__isnull", False), ("ended_by__in", ["client", "coach"])
                            ),
                            _connector="OR",
                        ),
                        name="link_ended_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("coach__isnull", False), ("ended_at__isnull", False), _connector="OR"
                        ),
                        name="link_without_coach_is_over",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Brief",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "wanted",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        max_length=500,
                        verbose_name="What do you want from this session?",
                    ),
                ),
                ("session_on", models.DateField(blank=True, null=True, verbose_name="When is it?")),
                ("since_on", models.DateField(verbose_name="Starting from")),
                ("written_on", models.DateField(editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="briefs",
                        to="sharing.coachlink",
                    ),
                ),
            ],
            options={
                "verbose_name": "session brief",
                "indexes": [
                    models.Index(fields=["owner", "link", "-written_on"], name="brief_by_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(editable=False, max_length=20)),
                ("item_id", models.UUIDField(editable=False)),
                (
                    "body",
                    journal.privacy.fields.WordsField(max_length=2000, verbose_name="A comment"),
                ),
                (
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="sharing.coachlink",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "indexes": [
                    models.Index(fields=["owner", "item_id", "created_at"], name="comment_by_item"),
                    models.Index(fields=["owner", "link"], name="comment_by_link"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "promise",
                                    "boundary",
                                    "crossing",
                                    "self_compassion",
                                    "decision",
                                    "mistake",
                                    "lesson",
                                    "entry",
                                ],
                            )
                        ),
                        name="comment_on_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body__isnull", False)), name="comment_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("connected", "Connected"),
                            ("granted", "Shared"),
                            ("revoked", "Stopped sharing"),
                            ("stopped", "Stopped all sharing"),
                            ("muted", "Turned comments off"),
                            ("heard", "Turned comments on"),
                            ("address", "Showed the email address"),
                            ("hidden", "Hid the email address"),
                            ("ended", "Ended the link"),
                        ],
                        max_length=9,
                    ),
                ),
                ("scope", models.CharField(blank=True, max_length=8)),
                ("about", models.CharField(blank=True, max_length=20)),
                ("item_id", models.UUIDField(blank=True, null=True)),
                ("detail", models.CharField(blank=True, max_length=6)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="sharing.coachlink",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "indexes": [models.Index(fields=["owner", "-at"], name="consent_by_moment")],
            },
        ),
        migrations.CreateModel(
            name="AccessLogEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(max_length=20)),
                ("item_id", models.UUIDField()),
                ("hour", models.DateTimeField()),
                (
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_log",
                        to="sharing.coachlink",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_log",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "access log entry",
                "indexes": [
                    models.Index(fields=["owner", "-created_at"], name="access_log_by_moment")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "link", "kind", "item_id", "hour"),
                        name="one_access_an_hour",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareGrant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("item", "One thing"),
                            ("practice", "A practice"),
                            ("measure", "Figures"),
                            ("week", "Weekly summary"),
                        ],
                        max_length=8,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=20)),
                ("item_id", models.UUIDField(blank=True, null=True)),
                (
                    "detail",
                    models.CharField(
                        choices=[("counts", "Counts only"), ("full", "In full")],
                        default="full",
                        max_length=6,
                    ),
                ),
                (
                    "past",
                    models.CharField(
                        choices=[
                            ("include", "Include what’s already there"),
                            ("from_now", "From now on"),
                        ],
                        default="include",
                        max_length=8,
                    ),
                ),
                ("from_at", models.DateTimeField(blank=True, null=True)),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("brought_at", models.DateTimeField(blank=True, null=True)),
                (
                    "photos",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="sharing.coachlink",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "share",
                "indexes": [
                    models.Index(fields=["owner", "link", "-starts_at"], name="grant_by_link"),
                    models.Index(
                        condition=models.Q(("revoked_at", None)),
                        fields=["link"],
                        name="grant_in_force",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="sharegrant_and_owner"),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("owner", "link", "scope", "about", "item_id"),
                        name="one_grant_of_a_thing",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "about__in",
                                    [
                                        "promise",
                                        "boundary",
                                        "crossing",
                                        "self_compassion",
                                        "decision",
                                        "mistake",
                                        "lesson",
                                        "entry",
                                        "brief",
                                    ],
                                ),
                                ("detail", "full"),
                                ("item_id__isnull", False),
                                ("past", "include"),
                                ("scope", "item"),
                            ),
                            models.Q(
                                (
                                    "about__in",
                                    [
                                        "promises",
                                        "boundaries",
                                        "self_compassion",
                                        "decisions",
                                        "mistakes",
                                    ],
                                ),
                                ("item_id", None),
                                ("scope", "practice"),
                            ),
                            models.Q(
                                ("detail", "counts"),
                                ("item_id", None),
                                ("scope", "measure"),
                                models.Q(("about", ""), _negated=True),
                            ),
                            models.Q(("about", ""), ("item_id", None), ("scope", "week")),
                            _connector="OR",
                        ),
                        name="grant_of_a_known_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("detail__in", ["counts", "full"])),
                        name="grant_in_known_detail",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("photos", []),
                            models.Q(("about", "entry"), ("scope", "item")),
                            _connector="OR",
                        ),
                        name="grant_of_photos_with_their_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_at", None), ("past", "include")),
                            models.Q(("from_at__isnull", False), ("past", "from_now")),
                            _connector="OR",
                        ),
                        name="grant_from_a_moment_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("starts_at")),
                            (
                                "expires_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"),
                                    "+",
                                    models.Value(datetime.timedelta(days=91)),
                                ),
                            ),
                        ),
                        name="grant_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedMeasure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("slug", models.CharField(max_length=40)),
                ("as_of", models.DateField()),
                ("text", journal.privacy.fields.WordsField(max_length=20000)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="sharing.sharegrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "shared measure",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "grant", "slug"), name="one_measure_a_grant"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("prompt", "A writing prompt"),
                            ("practice", "A practice to try"),
                            ("promise", "A small promise to consider"),
                        ],
                        editable=False,
                        max_length=8,
                    ),
                ),
                (
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("promises", "Promises"),
                            ("boundaries", "Boundaries"),
                            ("self_compassion", "Self-compassion"),
                            ("decisions", "Decisions"),
                            ("mistakes", "Mistakes and lessons"),
                        ],
                        editable=False,
                        max_length=15,
                    ),
                ),
                ("text", journal.privacy.fields.WordsField(editable=False, max_length=300)),
                (
                    "note",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="A note to go with it",
                    ),
                ),
                ("by_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("taken", "Accepted"),
                            ("changed", "Accepted with changes"),
                            ("declined", "No, thank you"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="sharing.coachlink",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "suggestion",
                "indexes": [
                    models.Index(fields=["owner", "-created_at"], name="suggestion_by_day")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "practice__in",
                                    [
                                        "promises",
                                        "boundaries",
                                        "self_compassion",
                                        "decisions",
                                        "mistakes",
                                    ],
                                ),
                                ("what", "practice"),
                            ),
                            models.Q(("text__isnull", False), ("what__in", ["prompt", "promise"])),
                            _connector="OR",
                        ),
                        name="suggestion_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "waiting")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state__in", ["taken", "changed", "declined"]),
                            ),
                            _connector="OR",
                        ),
                        name="suggestion_answered_at_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withheld",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(max_length=20)),
                ("item_id", models.UUIDField()),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kept out of sharing",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "kind", "item_id"), name="withheld_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("link_id", models.UUIDField(editable=False, unique=True)),
                ("name", journal.privacy.fields.WordsField(max_length=40, verbose_name="Name")),
                (
                    "label",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=60, verbose_name="Your own label"
                    ),
                ),
                (
                    "address",
                    journal.privacy.fields.WordsField(
                        blank=True, editable=False, max_length=254, verbose_name="Email"
                    ),
                ),
                (
                    "last_session_on",
                    models.DateField(blank=True, null=True, verbose_name="Last session"),
                ),
                (
                    "next_session_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="Next session"),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "client",
                "indexes": [models.Index(fields=["owner", "ended_at"], name="client_by_end")],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="client_and_owner")
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachInvitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("by_coach", "A coach invites"),
                            ("by_client", "A client invites"),
                        ],
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64)),
                ("recipient_hash", models.CharField(editable=False, max_length=64)),
                (
                    "recipient",
                    journal.privacy.fields.WordsField(max_length=254, verbose_name="Their email"),
                ),
                (
                    "from_name",
                    journal.privacy.fields.WordsField(
                        max_length=40, verbose_name="Your name, as they know it"
                    ),
                ),
                (
                    "coach_name",
                    journal.privacy.fields.WordsField(blank=True, editable=False, max_length=40),
                ),
                (
                    "consent_text",
                    journal.privacy.fields.WordsField(blank=True, editable=False, max_length=2000),
                ),
                ("expires_at", models.DateTimeField(editable=False)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("declined_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "indexes": [
                    models.Index(fields=["owner", "-created_at"], name="coach_invitation_by_day")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("token_hash",), name="one_invitation_by_token"),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["by_coach", "by_client"])),
                        name="invitation_in_a_known_direction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declined_at", None),
                            ("answered_at", models.F("declined_at")),
                            _connector="OR",
                        ),
                        name="invitation_declined_by_answering",
                    ),
                ],
            },
        ),
    ]
