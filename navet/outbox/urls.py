from django.urls import path

from navet.outbox import mailbox_pages, pages

app_name = "outbox"
urlpatterns = [
    path("personal/utskick/", pages.overview, name="overview"),
    path("personal/utskick/forsok-alla/", pages.retry_all, name="retry-all"),
    path("personal/utskick/<int:pk>/forsok/", pages.retry, name="retry"),
    path("personal/utskick/<int:pk>/dra-tillbaka/", pages.withdraw, name="withdraw"),
    path("brevlada/", mailbox_pages.mail_list, name="mailbox"),
    path("brevlada/<int:pk>/", mailbox_pages.one_mail, name="mail"),
    path("brevlada/<int:pk>/html/", mailbox_pages.mail_html, name="mail-html"),
    path("brevlada/<int:pk>/bilaga/<int:number>/", mailbox_pages.attachment, name="attachment"),
]
