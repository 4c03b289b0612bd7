"""A row for each thing that runs by itself, so that its silence can be seen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_the_audit_stays")]
    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name",), name="one_heartbeat_for_a_name")],
            },
        ),
    ]
