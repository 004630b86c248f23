// The desk goes on without a network: every tap is written on the device first, then sent, and shown as waiting until it counts.
"use strict";

(() => {
  const RENEW = 30_000;
  const RETRY = 8_000;
  const LIST_AT_ONCE = 2_500; // how long a tap may take before the page says that it waits
  const TWICE = 400; // one thumb, two touches

  const state = { list: null, events: [], network: "unknown", usable: false };
  let home = null;
  let place = null;
  let pageAhead = 0; // milliseconds that the server's clock is ahead of the device's
  let renewed = 0;
  let renewing = null;
  let lastTap = { what: "", at: 0 };

  Desk.state = state;
  Desk.now = () => Date.now() + (state.list?.ahead ?? pageAhead);
  Desk.dayOf = (ms) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(ms);
  Desk.clockOf = (ms) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", hour: "2-digit", minute: "2-digit" }).format(ms);
  Desk.money = (kronor) => new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: "SEK", trailingZeroDisplay: "stripIfInteger" }).format(kronor);
  const isAway = () => ["offline", "log-in"].includes(state.network);
  const isShell = () => place.hasAttribute("data-shell");

  async function look() {
    state.events = await Desk.store.events();
    const kept = await Desk.store.list();
    // Yesterday's list is nobody's business today.
    if (kept && kept.day !== Desk.dayOf(Date.now() + kept.ahead)) await Desk.store.dropList();
    else state.list = kept ?? null;
    Desk.show();
  }

  // Send what waits, fetch the list anew, and say how it went.
  const renew = () => (renewing ??= renewNow().catch(() => {}).finally(() => { renewing = null; }));

  async function renewNow() {
    renewed = Date.now();
    const before = await Desk.fetchList(place.dataset.list);
    let { outcome } = before;
    let latest = before.list;
    if (outcome === "fresh") {
      const waiting = (await Desk.store.events()).filter((event) => event.state === "waiting" && event.user === latest.user.id);
      if (waiting.length) {
        const sent = await Desk.send(latest.user.id);
        if (sent !== "sent") outcome = sent;
        latest = (await Desk.fetchList(place.dataset.list)).list ?? latest;
        renewPage();
        if (waiting.some((event) => event.kind === "walk-in")) renewWalkIns();
      }
      await Desk.store.keepList(latest);
    }
    await turn(outcome);
  }

  async function turn(outcome) {
    const was = state.network;
    state.network = outcome === "fresh" ? "here" : outcome;
    await look();
    if (outcome !== "fresh") return;
    if (isShell() && Desk.codeHere()) return; // somebody is counting heads; the next page is the server's
    if (isShell()) location.replace(location.pathname === place.dataset.shell ? home : location.href);
    if (was === "offline" || was === "log-in") renewPage();
  }

  function renewPage() {
    if (isShell() || !document.getElementById("day") || !window.htmx) return;
    htmx.trigger("#day", "renew");
  }

  // What came in late is among what was counted lately, and in the day's sum; but not under the hands of somebody who counts.
  function renewWalkIns() {
    if (isShell() || !document.getElementById("walk-ins") || document.activeElement?.matches("#walk-ins input")) return;
    htmx.ajax("GET", `${home}?del=besok`, { target: "#walk-ins", swap: "outerHTML" }).catch(() => {});
  }

  // A tap: written down, sent if it can be. "sent", "waiting", or "refused" with what was said.
  Desk.tap = async ({ kind, path, body, label }) => {
    const tapped = Desk.now();
    const user = Number(place.dataset.user) || state.list?.user.id;
    const moment = kind === "check-in" ? "checked_in_at" : "at";
    const event = {
      key: crypto.randomUUID(), kind, path, label, user, tapped, tries: 0, state: "waiting", cancelled: false, said: "",
      body: { ...body, [moment]: new Date(tapped).toISOString() },
    };
    await Desk.store.add(event);
    const sending = Desk.send(user);
    const outcome = await Promise.race([sending, new Promise((late) => setTimeout(late, LIST_AT_ONCE, "late"))]);
    const now = await Desk.store.event(event.key);
    if (outcome === "offline" || outcome === "log-in") await turn(outcome);
    else if (outcome === "late") sending.then(renew);
    await look();
    const answer = Desk.answers.get(event.key);
    if (!now) return { outcome: "sent", owed: answer?.receipt?.amount.amount };
    return { outcome: now.state, said: now.said, key: event.key };
  };

  // Takes back what waits: forgotten if it was never sent, else sent and undone, since nobody knows whether it arrived.
  Desk.takeBack = async (key) => {
    await Desk.store.edit(key, (it) => (it.tries === 0 ? null : { ...it, cancelled: true }));
    await look();
    renew();
  };
  Desk.dismiss = async (key) => {
    await Desk.store.remove(key);
    await look();
  };

  // The page's own forms. What they hold beside the counts, only the server understands: then it is asked itself.
  const KNOWN = new Set(["csrfmiddlewaretoken", "token", "participants", "adults", "category", "ticket", "count", "dag", "sok", "sida"]);

  function tapOf(form, submitter) {
    const fields = new FormData(form, submitter);
    if ([...fields].some(([name, value]) => !KNOWN.has(name) && value !== "")) return null;
    const number = (name) => (/^\d{1,6}$/.test(fields.get(name) ?? "") ? Number(fields.get(name)) : null);
    const path = new URL(form.action).pathname;
    const code = path.match(/\/([0-9A-Z]{10})\/incheckning\/$/)?.[1];
    if (code) {
      const body = { arrival: code, participants: number("participants"), adults: number("adults") };
      if (body.participants === null || body.adults === null) return null;
      const label = state.list?.parties.find((party) => party.code === code)?.label ?? code; // never the heading, which may name who bought tickets
      return { kind: "check-in", path: place.dataset.checkIns, body, label };
    }
    const key = ["ticket", "category"].find((name) => fields.get(name));
    if (!path.endsWith("/besok/") || !key || !number("count")) return null;
    return {
      kind: "walk-in", path: place.dataset.visits, label: submitter?.firstChild?.textContent.trim() ?? "",
      body: { [key]: fields.get(key), count: number("count") },
    };
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!state.usable || form.dataset.direct || form.method !== "post") return;
    const tap = tapOf(form, event.submitter);
    if (!tap) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const what = JSON.stringify(tap.body);
    if (what === lastTap.what && Date.now() - lastTap.at < TWICE) return;
    lastTap = { what, at: Date.now() };
    answer(tap, form, event.submitter);
  }, true);

  async function answer(tap, form, submitter) {
    const { outcome, key, owed } = await Desk.tap(tap);
    if (outcome === "refused" && form.isConnected && !isShell() && !isAway()) {
      // Refused at once: nothing waits, and the server's own page says why and what can be done.
      await Desk.dismiss(key);
      form.dataset.direct = "yes";
      form.requestSubmit(submitter);
      setTimeout(() => delete form.dataset.direct, 1000);
      return;
    }
    if (outcome === "refused") return;
    await after(tap, saying(tap, outcome) + (owed ? ` ${place.dataset.till.replace("{amount}", Desk.money(owed))}` : ""));
  }

  const saying = (tap, outcome) => (outcome === "sent" ? place.dataset.counted : place.dataset.waits)
    .replace("{who}", tap.label)
    .replace("{heads}", tap.kind === "check-in" ? `${tap.body.participants} + ${tap.body.adults}` : `+${tap.body.count}`);

  Desk.check = async (party, participants, adults) => {
    const tap = { kind: "check-in", path: place.dataset.checkIns, body: { arrival: party.code, participants, adults }, label: party.label };
    const { outcome } = await Desk.tap(tap);
    if (outcome !== "refused") await after(tap, saying(tap, outcome));
  };

  async function after(tap, text) {
    const count = document.querySelector("#walk-ins input[name=count]");
    if (tap.kind === "walk-in" && count) count.value = count.defaultValue;
    const onParty = isShell() ? Boolean(Desk.codeHere()) : !document.getElementById("day");
    if (tap.kind === "check-in" && onParty) {
      sessionStorage.setItem("desk-said", text);
      location.assign(`${home}#p${tap.body.arrival}`);
      return;
    }
    if (!isAway() && !isShell()) {
      if (tap.kind === "walk-in") await htmx.ajax("GET", `${home}?del=besok`, { target: "#walk-ins", swap: "outerHTML" }).catch(() => {});
      else renewPage();
      Desk.fetchList(place.dataset.list).then(async ({ list }) => { if (list) { await Desk.store.keepList(list); await look(); } });
    }
    Desk.say(text);
  }

  Desk.say = (text) => {
    const line = document.createElement("p");
    line.className = "notice";
    line.textContent = text;
    document.getElementById("messages")?.replaceChildren(line);
  };

  // Without a network the server's list stands still; ours is shown in its place, and nobody is told every half minute.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "day" && isAway()) event.preventDefault();
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => state.usable && renew());

  async function start() {
    place = document.getElementById("device");
    home = document.getElementById("desk")?.dataset.home;
    if (!place || !home || !window.indexedDB || !window.crypto?.randomUUID) return;
    if (place.dataset.now) pageAhead = Date.parse(place.dataset.now) - Date.now();
    try {
      await look();
    } catch {
      return; // a browser that keeps nothing: the page works as it does without this
    }
    state.usable = true;
    navigator.serviceWorker?.register(place.dataset.worker).catch(() => {});
    navigator.storage?.persist?.();
    const said = sessionStorage.getItem("desk-said");
    if (said) { sessionStorage.removeItem("desk-said"); Desk.say(said); }
    if (isShell()) { state.network = "offline"; Desk.show(); }
    await renew();
    setInterval(() => {
      if (document.hidden) return;
      const patience = state.network === "here" && !state.events.some((event) => event.state === "waiting") ? RENEW : RETRY;
      if (Date.now() - renewed > patience) renew();
    }, 1000);
    window.addEventListener("online", renew);
    window.addEventListener("offline", () => turn("offline"));
    document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - renewed > RETRY) renew(); });
  }
  document.addEventListener("DOMContentLoaded", start);
})();
