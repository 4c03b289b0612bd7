"""All addresses of the lifter's side, part by part."""

from liftback.web.lifter.care.urls import urlpatterns as care
from liftback.web.lifter.course.urls import urlpatterns as course
from liftback.web.lifter.data.urls import urlpatterns as data
from liftback.web.lifter.front.urls import urlpatterns as front
from liftback.web.lifter.offline.urls import urlpatterns as offline
from liftback.web.lifter.training.urls import urlpatterns as training

app_name = "lifter"
urlpatterns = [*front, *training, *course, *data, *care, *offline]
