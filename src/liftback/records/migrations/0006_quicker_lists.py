"""Indices for what the worklist asks, so that it does not read whole tables."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("records", "0005_a_try_taken_back")]
    operations = [
        migrations.RemoveIndex(model_name="consultrequest", name="open_requests"),
        migrations.AddIndex(
            model_name="consultrequest",
            index=models.Index(
                fields=[
                    "clinic",
                    "due_at",
                    "flagged",
                    "met_at",
                    "snoozed_until",
                    "received_at",
                    "claimed_by",
                    "closed_at",
                    "id",
                ],
                name="open_requests",
                condition=Q(closed_at__isnull=True),
            ),
        ),
        migrations.AddIndex(
            model_name="consultrequest",
            index=models.Index(
                fields=["clinic", "closed_at"], name="closed_requests", condition=Q(closed_at__isnull=False)
            ),
        ),
        migrations.AddIndex(
            model_name="contactattempt",
            index=models.Index(
                fields=["request"], name="talks", condition=Q(outcome="reached", taken_back_at__isnull=True)
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["clinic", "state", "not_before"], name="mails_of_a_clinic"),
        ),
        migrations.RemoveIndex(model_name="auditrow", name="looks_at_a_request"),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(fields=["request", "actor", "at"], name="looks_at_a_request"),
        ),
    ]
