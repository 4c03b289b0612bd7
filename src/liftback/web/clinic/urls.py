"""All addresses of the clinic's side, part by part."""

from liftback.web.clinic.calls.urls import urlpatterns as calls
from liftback.web.clinic.desk.urls import urlpatterns as desk
from liftback.web.clinic.door.urls import urlpatterns as door
from liftback.web.clinic.patients.urls import urlpatterns as patients
from liftback.web.clinic.practice.urls import urlpatterns as practice

app_name = "clinic"
urlpatterns = [*door, *calls, *desk, *patients, *practice]
