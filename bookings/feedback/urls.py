"""The pages of feedback."""

from django.urls import path

from bookings.feedback.pages import public

app_name = "feedback"
urlpatterns = [
    path("tyck-till/<int:pk>-<str:key>/", public.form, name="form"),
    path("tyck-till/<int:pk>-<str:key>/nej-tack/", public.opt_out, name="opt_out"),
]
