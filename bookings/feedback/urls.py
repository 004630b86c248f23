"""The pages of feedback."""

from django.urls import path, re_path

from bookings.feedback.pages import public, review

app_name = "feedback"
urlpatterns = [
    path("tyck-till/<int:pk>-<str:key>/", public.form, name="form"),
    path("tyck-till/<int:pk>-<str:key>/nej-tack/", public.opt_out, name="opt_out"),
    path("planering/granskning/", review.overview, name="review"),
    re_path(r"^planering/granskning/fil\.(?P<kind>csv|xlsx)$", review.file, name="review_file"),
    path("planering/granskning/rad/<int:pk>/", review.strike_out, name="strike_out"),
    path("planering/granskning/<str:kind>/<slug:slug>/", review.one, name="review_one"),
]
