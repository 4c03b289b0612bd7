"""When a try to reach somebody was said to be a slip."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0004_heartbeats")]
    operations = [
        migrations.AddField(
            model_name="contactattempt",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
