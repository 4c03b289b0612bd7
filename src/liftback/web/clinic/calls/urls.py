"""Addresses of this part."""

from django.urls import URLPattern, path

from liftback.web.clinic.calls import booked, choosing, confirming, deeds, desk, feeds, overriding

_CALL = "desk/calls/<uuid:number>/"
urlpatterns: list[URLPattern] = [
    path("at/<slug:slug>/call/", choosing.call, name="call"),
    path("call/<str:token>/", confirming.call_confirm, name="call_confirm"),
    path("booked/<str:token>/", booked.booked, name="booked"),
    path("booked/<str:token>/cancel/", booked.booked_cancel, name="booked_cancel"),
    path("booked/<str:token>/move/", booked.booked_move, name="booked_move"),
    path("booked/<str:token>/invite.ics", booked.booked_invite, name="booked_invite"),
    path("at/<slug:slug>/calls/<str:token>.ics", feeds.calls_feed, name="calls_feed"),
    path("desk/calls/", desk.desk_calls, name="desk_calls"),
    path("desk/calls/book/", overriding.desk_book, name="desk_book"),
    path("desk/calls/feed/", feeds.desk_feed, name="desk_feed"),
    path(_CALL, desk.desk_call, name="desk_call"),
    path(f"{_CALL}confirm/", deeds.confirm, name="desk_call_confirm"),
    path(f"{_CALL}decline/", deeds.decline, name="desk_call_decline"),
    path(f"{_CALL}done/", deeds.done, name="desk_call_done"),
    path(f"{_CALL}no-show/", deeds.no_show, name="desk_call_no_show"),
    path(f"{_CALL}move/", deeds.move, name="desk_call_move"),
    path(f"{_CALL}cancel/", deeds.cancel, name="desk_call_cancel"),
    path(f"{_CALL}give/", deeds.give, name="desk_call_give"),
]
