from django.urls import path

from visitors.tickets import booked_pages, line_pages, pages, pass_pages, ticket_pages

app_name = "till"
urlpatterns = [
    path("kassa/", pages.to_the_till, name="till"),
    path("kassa/fil/<str:kind>/", pages.export, name="export"),
    path("kassa/rader/", line_pages.lines, name="lines"),
    path("kassa/bokat/", booked_pages.bookings, name="booked-lines"),
    path("kassa/kort/", booked_pages.card, name="card-lines"),
    path("kassa/biljetter/", ticket_pages.ticket_list, name="tickets"),
    path("kassa/biljetter/<slug:code>/", ticket_pages.ticket, name="ticket"),
    path("kassa/priser/", pages.price_list, name="prices"),
    path("kassa/priser/<int:pk>/avsluta/", pages.end_price, name="end-price"),
    path("reception/arskort/", pass_pages.pass_list, name="passes"),
    path("reception/arskort/nytt/", pass_pages.issue, name="issue-pass"),
    path("reception/arskort/period/<int:pk>/makulera/", pass_pages.annul, name="annul-pass"),
    path("reception/arskort/<str:code>/", pass_pages.one_pass, name="pass"),
    path("reception/arskort/<str:code>/kort/", pass_pages.card, name="pass-card"),
    path("reception/arskort/<str:code>/slapp-in/", pass_pages.use, name="use-pass"),
    path("reception/arskort/<str:code>/fornya/", pass_pages.renew, name="renew-pass"),
    path("reception/arskort/<str:code>/sparra/", pass_pages.block, name="block-pass"),
    path("reception/arskort/<str:code>/hav-sparr/", pass_pages.unblock, name="unblock-pass"),
]
