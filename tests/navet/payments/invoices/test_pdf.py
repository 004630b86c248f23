"""The PDF: tagged for readers, in the invoice's language, and plain about what it is."""

import io
from dataclasses import replace

import pytest

from navet.payments.invoices import pdf
from navet.payments.invoices.document import CREDIT_NOTE
from tests.navet.payments.invoices import published
from tests.navet.payments.invoices.making import DAY, SELLER, document

pytestmark = pytest.mark.skipif(not published.are_here(), reason=published.WITHOUT_RULES)


def text(content: bytes) -> str:
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_it_is_tagged_titled_and_says_its_language():
    from pypdf import PdfReader

    made = PdfReader(io.BytesIO(pdf.to_pdf(document(), language="sv")))
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert "/StructTreeRoot" in root
    assert made.metadata.title == "Faktura 1001, Navet"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_it_says_the_same_in_both_languages():
    swedish, english = (text(pdf.to_pdf(document(), language=one)) for one in ("sv", "en"))
    assert "Betalas senast" in swedish
    assert "To be paid by" in english
    for figure, plain in (("Att betala: 50 546 kr", "To pay: SEK 50,546"),):
        assert figure in swedish.replace("\xa0", " ")
        assert plain in english.replace("\xa0", " ")


def test_a_credit_note_a_draft_and_a_demo_say_so():
    note = text(pdf.to_pdf(document(kind=CREDIT_NOTE), language="sv"))
    assert "Kreditfaktura 1002" in note
    assert "Krediterar faktura 1001" in note
    assert "Bankgiro 5599-9999" in note  # the seller's, in the foot
    assert "Så betalar du" not in note
    assert "UTKAST" in text(pdf.to_pdf(document(number=""), language="sv", stamp="UTKAST, ingen faktura"))
    demo = document(seller=replace(SELLER, is_demo=True))
    assert "DEMO" in text(pdf.to_pdf(demo, language="sv"))


def test_words_are_words_and_never_markup():
    wicked = replace(DAY, text='#panic() $x$ *a* _b_ "c" \\ <d> @e [f]')
    assert '#panic() $x$ *a* _b_ "c" \\ <d> @e [f]' in text(pdf.to_pdf(document(wicked), language="sv"))
