"""The API of courses."""

from django.urls import path

from bookings.courses.api import views

urlpatterns = [
    path("courses/", views.Courses.as_view(), name="api-courses"),
    path("course-rounds/", views.Rounds.as_view(), name="api-course-rounds"),
    path("course-registrations/", views.Registrations.as_view(), name="api-course-registrations"),
    path(
        "course-registrations/<str:code>/", views.RegistrationView.as_view(), name="api-course-registration"
    ),
    path(
        "course-registrations/<str:code>/confirmation/",
        views.ConfirmationView.as_view(),
        name="api-course-registration-confirm",
    ),
    path(
        "course-registrations/<str:code>/cancellation/",
        views.CancellationView.as_view(),
        name="api-course-registration-cancel",
    ),
]
