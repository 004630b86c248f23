"""Names may hold anything that people write; pages and mails show it as text, never as markup or a header."""

import pytest
from django.utils import timezone

from bookings.schools.models import SchoolBooking
from navet.outbox import relay
from navet.outbox.models import DeliveredMail
from tests.hostile import callers
from tests.hostile.rows import filled, form
from tests.hostile.world import World

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "name", [MARKUP, "'; DROP TABLE x; --", "5A 🚀 é\u202e", "{{ 7|add:7 }}", "5A\r\nBcc: b@skola.example"]
)
def test_a_name_is_shown_as_text_in_page_and_mail(name: str, world: World, settings):
    settings.EMAIL_BACKEND = "navet.outbox.mailbox.MailboxBackend"
    client = callers.teacher(world)
    DeliveredMail.objects.all().delete()

    answer = form("/boka/{w.open.pk}/", filled(class_name=name[:40], shown_price="0"))(world, client)

    made = SchoolBooking.objects.latest("pk")
    assert answer.url == f"/bokning/{made.code}/"
    relay.relay(timezone.now())
    mail = DeliveredMail.objects.filter(text__contains=made.code).latest("pk")
    for shown in (client.get(answer.url).content.decode(), mail.html):
        assert MARKUP not in shown
        assert made.class_name in shown or made.class_name != "{{ 7|add:7 }}"
    assert len(mail.subject.splitlines()) == 1
    assert not [name for name, _value in mail.headers if name.lower() == "bcc"]
