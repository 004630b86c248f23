"""The Checkout pages: buttons and test numbers only, no field that takes a card number."""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from . import sessions
from .errors import ApiError
from .store import Body, Store
from .words import money, words

STYLE = Path(__file__).with_name("checkout.css").read_text()
CARDS = {
    "ok": "4242 4242 4242 4242",
    "declined": "4000 0000 0000 0002",
    "bank": "4000 0027 6000 3184",
}


@dataclass
class Page:
    """An answer of the Checkout pages."""

    html: str = ""
    status: int = 200
    location: str = ""
    leads_to: list[str] = field(default_factory=list)  # origins that a form of the page may end at


def show(store: Store, id_: str, step: str, *, now: int) -> Page:
    """The page of `step`: "" where somebody chooses how to pay, "bank" and "swish" where they approve."""
    session = store.get("checkout.session", id_)
    if session is None:
        return _page({}, "missing", "", status=404)
    if session["status"] != "open" or session["expires_at"] <= now:
        return _over(session)
    return _choose(session) if not step else _approve(session, step)


def act(store: Store, id_: str, step: str, form: Body, *, now: int) -> Page:
    """Somebody pressed a button."""
    try:
        with store.writing():
            return _act(store, sessions.find(store, id_), step, form, now)
    except ApiError:
        return show(store, id_, "", now=now)


def _act(store: Store, session: Body, step: str, form: Body, now: int) -> Page:
    id_, here = session["id"], f"/c/pay/{session['id']}"
    says = str(form.get("says", ""))
    if step in ("bank", "swish"):
        method = "card" if step == "bank" else "swish"
        if says != "yes":
            sessions.decline(store, id_, method, now=now)
            return _choose(session, fault=f"{step}_failed")
        return Page(location=sessions.success_address(sessions.pay(store, id_, method, now=now)), status=303)
    if says in ("swish", "bank"):
        return Page(location=f"{here}/{says}", status=303)
    if says == "ok":
        return Page(location=sessions.success_address(sessions.pay(store, id_, "card", now=now)), status=303)
    sessions.decline(store, id_, "card", now=now)
    return _choose(session, fault="was_declined")


def _choose(session: Body, fault: str = "") -> Page:
    say = words(session["locale"])
    lines = "".join(
        f'<li><span>{escape(line["text"])}</span> <span class="sum">{money(line["amount"], session["locale"])}</span></li>'
        for line in session["sandbox_lines"]
    )
    cards = "".join(
        f'<label><input type="radio" name="says" value="{name}"{" checked" if name == "ok" else ""}> '
        f"<span><b>{number}</b> {say[name]}</span></label>"
        for name, number in CARDS.items()
    )
    alert = f'<p class="alert" role="alert">{say[fault]}</p>' if fault else ""
    body = f"""{alert}<h1>{say["title"]} {money(session["amount_total"], session["locale"])}</h1><p>{say["to"]}</p>
<section aria-labelledby="lines"><h2 id="lines">{say["lines"]}</h2><ul class="lines">{lines}
<li class="total"><span>{say["total"]}</span> <span class="sum">{money(session["amount_total"], session["locale"])}</span></li></ul></section>
<form method="post" action="/c/pay/{session["id"]}"><fieldset><legend>{say["card"]}</legend><p>{say["card_hint"]}</p>{cards}</fieldset>
<button>{say["pay_card"]}</button></form>
<form method="post" action="/c/pay/{session["id"]}"><h2>{say["swish"]}</h2>
<button name="says" value="swish">{say["pay_swish"]}</button></form>
<p><a href="{escape(session["cancel_url"] or "/")}">{say["cancel"]}</a></p>"""
    return _page(session, "title", body, status=422 if fault else 200)


def _approve(session: Body, step: str) -> Page:
    say = words(session["locale"])
    body = f"""<h1>{say[f"{step}_title"]}</h1><p>{say[f"{step}_text"]} {money(session["amount_total"], session["locale"])}</p>
<form method="post" action="/c/pay/{session["id"]}/{step}"><button name="says" value="yes">{say[f"{step}_yes"]}</button>
<button class="second" name="says" value="no">{say[f"{step}_no"]}</button></form>"""
    return _page(session, f"{step}_title", body)


def _over(session: Body) -> Page:
    say = words(session["locale"])
    back = (
        f'<p><a href="{escape(session["cancel_url"])}">{say["back"]}</a></p>' if session["cancel_url"] else ""
    )
    return _page(session, "over_title", f"<h1>{say['over_title']}</h1><p>{say['over']}</p>{back}", status=410)


def _page(session: Body, title: str, body: str, status: int = 200) -> Page:
    locale = "en" if session.get("locale") == "en" else "sv"
    say = words(locale)
    html = f"""<!doctype html><html lang="{locale}"><head><meta charset="utf-8"><title>{say[title]} – Sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/checkout.css"></head>
<body><header><p class="banner" role="note">{say["banner"]}</p></header><main>{body or f"<h1>{say['missing']}</h1>"}</main></body></html>"""
    leads_to = [_origin(session[name]) for name in ("success_url", "cancel_url") if session.get(name)]
    return Page(html, status, leads_to=sorted(set(leads_to)))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
