from django.db import migrations


class Migration(migrations.Migration):
    """The model has another name; its table keeps the one it has, which the seal is bound to."""

    dependencies = [
        ("sharing", "0005_agreements_wall"),
    ]

    operations = [
        migrations.AlterModelTable(name="outcome", table="sharing_outcome"),
        migrations.RenameModel(old_name="Outcome", new_name="AgreementOutcome"),
    ]
