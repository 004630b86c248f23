from django.urls import path

from navet.pages import pages

app_name = "pages"
urlpatterns = [
    path("", pages.start, name="start"),
    path("tillganglighet/", pages.accessibility, name="accessibility"),
    path("integritet/", pages.privacy, name="privacy"),
    path("kontakt/", pages.contact, name="contact"),
    path("styleguide/", pages.styleguide, name="styleguide"),
]
