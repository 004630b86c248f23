"""What the Checkout pages say, in both languages; the sandbox knows no catalogue."""

SV = {
    "banner": "Sandlåda. Ingen betalning görs och inga pengar dras. Skriv aldrig ett riktigt kortnummer här.",
    "title": "Betala",
    "to": "till Navet science center",
    "lines": "Vad du betalar för",
    "total": "Att betala",
    "card": "Kort",
    "card_hint": "Välj ett av provkorten.",
    "ok": "godkänns",
    "declined": "nekas av banken",
    "bank": "banken vill veta att det är du",
    "pay_card": "Betala med kort",
    "pay_swish": "Betala med Swish",
    "swish": "Swish",
    "cancel": "Avbryt och gå tillbaka",
    "was_declined": "Kortet nekades. Välj ett annat kort eller ett annat sätt att betala.",
    "bank_title": "Din bank frågar",
    "bank_text": "Är det du som betalar?",
    "bank_yes": "Ja, det är jag",
    "bank_no": "Nej",
    "swish_title": "Öppna Swish och godkänn",
    "swish_text": "I sandlådan är det du som är Swish.",
    "swish_yes": "Godkänn",
    "swish_no": "Neka",
    "bank_failed": "Banken fick inget godkännande. Försök igen.",
    "swish_failed": "Betalningen nekades i Swish. Försök igen eller betala på annat sätt.",
    "over_title": "Betalningen är avslutad",
    "over": "Den är redan betald, avbruten eller för gammal.",
    "back": "Tillbaka",
    "missing": "Sidan finns inte.",
}
EN = {
    "banner": "Sandbox. Nothing is paid and no money is drawn. Never write a real card number here.",
    "title": "Pay",
    "to": "to Navet science center",
    "lines": "What you pay for",
    "total": "To pay",
    "card": "Card",
    "card_hint": "Choose one of the test cards.",
    "ok": "is accepted",
    "declined": "is declined by the bank",
    "bank": "the bank wants to know that it is you",
    "pay_card": "Pay by card",
    "pay_swish": "Pay by Swish",
    "swish": "Swish",
    "cancel": "Cancel and go back",
    "was_declined": "The card was declined. Choose another card or another way to pay.",
    "bank_title": "Your bank asks",
    "bank_text": "Is it you who pays?",
    "bank_yes": "Yes, it is me",
    "bank_no": "No",
    "swish_title": "Open Swish and approve",
    "swish_text": "In the sandbox you are Swish yourself.",
    "swish_yes": "Approve",
    "swish_no": "Decline",
    "bank_failed": "The bank got no approval. Try again.",
    "swish_failed": "The payment was declined in Swish. Try again or pay another way.",
    "over_title": "This payment is over",
    "over": "It has been paid, cancelled, or is too old.",
    "back": "Back",
    "missing": "There is no such page.",
}


def words(locale: str) -> dict[str, str]:
    """Swedish where nothing else was asked for."""
    return EN if locale == "en" else SV


def money(ore: int, locale: str) -> str:
    """125050 -> "1 250,50 kr" or "SEK 1,250.50"."""
    whole = f"{ore // 100:,}.{ore % 100:02d}"
    if locale == "en":
        return f"SEK {whole}"
    return whole.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",") + "\N{NO-BREAK SPACE}kr"
