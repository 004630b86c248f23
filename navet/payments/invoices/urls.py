"""Finance's pages."""

from django.urls import path

from navet.payments.invoices.pages import finance, invoices

app_name = "invoices"
urlpatterns = [
    path("ekonomi/fakturor/", invoices.listed, name="list"),
    path("ekonomi/fakturor/fil/<str:kind>/", invoices.export, name="export"),
    path("ekonomi/fakturor/<int:pk>/", invoices.one, name="one"),
    path("ekonomi/fakturor/<int:pk>/pdf/", invoices.pdf, name="pdf"),
    path("ekonomi/fakturor/<int:pk>/e-faktura/", invoices.ubl, name="ubl"),
    path("ekonomi/fakturor/<int:pk>/kontroll/", invoices.checked, name="checked"),
    path("ekonomi/fakturor/<int:pk>/kasta/", invoices.discard, name="discard"),
    path("ekonomi/fakturor/<int:pk>/kreditera/", invoices.credit, name="credit"),
    path("ekonomi/fakturor/<int:pk>/betalning/", invoices.pay, name="pay"),
    path("ekonomi/fakturor/<int:pk>/aterbetalning/", invoices.pay_back, name="pay_back"),
    path("ekonomi/fakturor/<int:pk>/overforing/", invoices.carry_over, name="carry_over"),
    path("ekonomi/fakturor/<int:pk>/skriv-av/", invoices.write_off, name="write_off"),
    path("ekonomi/fakturor/<int:pk>/gor/<str:deed>/", invoices.act, name="act"),
    path("ekonomi/att-fakturera/", finance.waiting, name="waiting"),
    path("ekonomi/att-fakturera/order/<int:pk>/", finance.draft_order, name="draft_order"),
    path("ekonomi/att-fakturera/kund/<int:pk>/", finance.draft_charges, name="draft_charges"),
    path("ekonomi/att-fakturera/om/<int:pk>/", finance.renew, name="renew"),
    path("ekonomi/kunder/", finance.customers, name="customers"),
    path("ekonomi/kunder/ny/", finance.customer, name="new_customer"),
    path("ekonomi/kunder/<int:pk>/", finance.customer, name="customer"),
    path("ekonomi/inbetalningar/", finance.money, name="money"),
    path("ekonomi/inbetalningar/<int:pk>/", finance.settle, name="settle"),
    path("ekonomi/bokforing/", finance.books, name="books"),
    path("ekonomi/bokforing/sie/", finance.sie_file, name="sie"),
    path("ekonomi/moms/", finance.vat, name="vat"),
]
