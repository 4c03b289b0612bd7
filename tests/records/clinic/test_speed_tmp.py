import time, uuid, pytest
from datetime import timedelta
from django.db import connection
from django.test.utils import CaptureQueriesContext
from liftback.records.models import *
from liftback.records.read.clinic import attention
from liftback.records.tables.worked_out import Snapshot
from tests.records.clinic.under_care import treated
from tests.web.training.conftest import NOW
from liftback.records.working_out import work_out
@pytest.mark.django_db
def test_speed():
    of = treated()
    work_out(of.care.lifter, today=NOW.date(), now=NOW)
    snap = Snapshot.objects.get(name="attention")
    text = Share.objects.get().consent
    people = Person.objects.bulk_create(Person(email=f"m{i}@x.example", password="x") for i in range(300))
    lifters = Lifter.objects.bulk_create(Lifter(person=p, made_at=NOW, clinic=of.care.clinic, revision=snap.revision if i%10 else 99, stale_since=None if i%10 else NOW-timedelta(hours=1)) for i,p in enumerate(people))
    Share.objects.bulk_create(Share(lifter=l, clinic=of.care.clinic, consent=text, given_at=NOW) for l in lifters)
    eps = Episode.objects.bulk_create(Episode(clinic=of.care.clinic, lifter=l, name=f"N {i}", opened_at=NOW-timedelta(days=200), joined_at=NOW-timedelta(days=200), therapist=of.care.staff.membership) for i,l in enumerate(lifters))
    Snapshot.objects.bulk_create(Snapshot(lifter=l, name="attention", as_of=snap.as_of, revision=snap.revision, made_with=snap.made_with, content=snap.content, made_at=snap.made_at) for l in lifters)
    Entry.objects.bulk_create((Entry(lifter=l, kind="check_in" if k%3 else "done", client_id=uuid.uuid4(), device="x", day=NOW.date()-timedelta(days=k//3+(10 if i%7==0 else 0)), client_time=NOW, received_at=NOW-timedelta(days=k//3), payload={"pain":3,"note":"a little stiff this morning","signs":"no"}) for i,l in enumerate(lifters) for k in range(360)), batch_size=5000)
    ThreadMessage.objects.bulk_create(ThreadMessage(episode=e, client_id=uuid.uuid4(), author_name="x", from_lifter=k%2==0, text="hi", at=NOW) for e in eps for k in range(20))
    times=[]
    for _ in range(12):
        t=time.perf_counter()
        with CaptureQueriesContext(connection) as q: found = attention.of(staff=of.care.staff, now=NOW)
        times.append((time.perf_counter()-t)*1000)
    print("MS", connection.vendor, found.total, len(q), [round(x) for x in sorted(times)])
