from django.db import migrations, models

from journal.privacy.rls import PERSON


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0006_agreement_outcome"),
    ]

    operations = [
        migrations.AddField(
            model_name="coachlink",
            name="zone_shown",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="what",
            field=models.CharField(
                choices=[
                    ("connected", "Connected"),
                    ("granted", "Shared"),
                    ("revoked", "Stopped sharing"),
                    ("stopped", "Stopped all sharing"),
                    ("muted", "Turned comments off"),
                    ("heard", "Turned comments on"),
                    ("address", "Showed the email address"),
                    ("hidden", "Hid the email address"),
                    ("zone", "Showed the time zone"),
                    ("unzoned", "Hid the time zone"),
                    ("ended", "Ended the link"),
                    ("sent", "Sent how it went"),
                    ("unsent", "Stopped showing how it went"),
                ],
                max_length=9,
            ),
        ),
        migrations.RunSQL(
            f"grant update (zone_shown) on sharing_coachlink to {PERSON}",
            f"revoke update (zone_shown) on sharing_coachlink from {PERSON}",
        ),
    ]
