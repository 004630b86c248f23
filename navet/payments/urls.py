from django.urls import path

from navet.payments import doors, pages, staff_pages

app_name = "payments"
urlpatterns = [
    path("stripe/webhook/", doors.webhook, name="webhook"),
    path("betalning/<str:code>/", pages.pay, name="pay"),
    path("betalning/<str:code>/lage/", pages.state, name="state"),
    path("betalning/<str:code>/kvitto/", pages.receipt, name="receipt"),
    path("ekonomi/betalningar/", staff_pages.overview, name="overview"),
    path("ekonomi/betalningar/avstamning/", staff_pages.all_differences, name="differences"),
    path("ekonomi/betalningar/aterbetala/<int:pk>/", staff_pages.refund, name="refund"),
    path("ekonomi/betalningar/<str:code>/", staff_pages.order, name="order"),
]
