from django.urls import path

from visitors.tickets import pages

app_name = "till"
urlpatterns = [
    path("kassa/", pages.to_the_till, name="till"),
    path("kassa/fil/<str:kind>/", pages.export, name="export"),
    path("kassa/priser/", pages.price_list, name="prices"),
    path("kassa/priser/<int:pk>/avsluta/", pages.end_price, name="end-price"),
]
