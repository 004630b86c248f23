// What the device shows of what it keeps: how fresh the list is, what waits, what was refused, and the list itself.
"use strict";

(() => {
  const template = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const put = (root, name, text) => {
    const element = root.querySelector(`[data-${name}]`);
    if (!element) return null;
    if (text === null) element.remove();
    else element.textContent = text;
    return element;
  };

  const waits = (event) => event.state === "waiting" && !event.cancelled;

  function standing(party) {
    const waiting = Desk.state.events.find((event) => waits(event) && event.kind === "check-in" && event.body.arrival === party.code);
    if (waiting) return { state: "waiting", waiting };
    if (party.check_in) return { state: "checked_in" };
    if (party.status !== "expected") return { state: party.status };
    return { state: Date.parse(party.starts_at) < Desk.now() ? "late" : "expected" };
  }

  const awaited = (party) => ["late", "expected"].includes(standing(party).state);

  // As the server orders them: who is late or next on top, the rest below.
  const inOrder = (parties) => [...parties].sort((a, b) =>
    Number(awaited(b)) - Number(awaited(a)) || a.starts_at.localeCompare(b.starts_at) || a.label.localeCompare(b.label, "sv"));

  Desk.codeHere = () => {
    const asked = new URLSearchParams(location.search).get("sok");
    return location.pathname.match(/\/([0-9A-Z]{10})\/$/)?.[1] ?? (asked ? Desk.codeIn(asked) : null);
  };

  function difference(party, words) {
    const came = party.check_in;
    if (!came) return "";
    const more = [came.participants - party.participants, came.adults - party.adults];
    if (more.every((n) => n === 0)) return "";
    return more.every((n) => n <= 0) ? words.fewer : more.every((n) => n >= 0) ? words.more : words.other;
  }

  function row(party, words) {
    const line = template("device-row");
    const { state, waiting } = standing(party);
    line.id = `d${party.code}`;
    line.classList.toggle("rows__done", !["late", "expected"].includes(state));
    line.classList.toggle("rows__now", state === "late");
    put(line, "time", Desk.clockOf(Date.parse(party.starts_at))).setAttribute("datetime", party.starts_at);
    Object.assign(put(line, "title", party.label), { href: `${Desk.home()}${party.code}/` });
    const tag = put(line, "state", words[`state${state}`] ?? state);
    tag.classList.add({ waiting: "tag--warn", late: "tag--warn", checked_in: "tag--ok", expected: "tag--info", cancelled: "tag--stop" }[state] ?? "tag--quiet");
    put(line, "occasion", party.title || null);
    put(line, "rooms", party.rooms.join(", ") || null);
    put(line, "needs", party.needs.map((need) => (need.count > 1 ? `${need.label} × ${need.count}` : need.label)).join(", ") || null);
    const came = waiting?.body ?? party.check_in;
    put(line, "count", came ? `${came.participants} + ${came.adults}` : `${party.participants} + ${party.adults}`);
    const booked = party.booked === party.participants ? words.parts : fill(words.booked, { n: party.booked });
    const expected = [fill(words.expected, { n: party.participants, adults: party.adults }), difference(party, words)];
    put(line, "note", came ? expected.filter(Boolean).join(" · ") : booked);
    deeds(line, party, state, waiting);
    return line;
  }

  function deeds(line, party, state, waiting) {
    const [all, other, undo] = ["all", "other", "undo"].map((name) => line.querySelector(`[data-${name}]`));
    for (const element of [all, other, undo]) element.querySelector("[data-of]").textContent = `: ${party.label}`;
    other.href = `${Desk.home()}${party.code}/`;
    if (!waiting) undo.remove();
    else undo.addEventListener("click", () => Desk.takeBack(waiting.key));
    if (!["late", "expected"].includes(state) || !Desk.state.list.can_check_in) {
      all.remove();
      other.remove();
      return;
    }
    all.addEventListener("click", async () => {
      all.disabled = true;
      await Desk.check(party, party.participants, party.adults);
    });
  }

  function list(words) {
    const { list: kept } = Desk.state;
    const asked = new URLSearchParams(location.search).get("sok") ?? "";
    const parties = inOrder(kept?.parties ?? []).filter((party) => Desk.codeIn(asked) || Desk.matches(party, asked));
    document.getElementById("device-rows").replaceChildren(...parties.map((party) => row(party, words)));
    const nothing = document.getElementById("device-nothing");
    nothing.hidden = parties.length > 0;
    nothing.textContent = kept ? words.nobody : words.nolist;
  }

  function waiting(words) {
    const events = Desk.state.events.filter((event) => event.state === "waiting");
    const lines = events.map((event) => {
      const line = template("device-waiting-row");
      const heads = event.kind === "check-in" ? `${event.body.participants} + ${event.body.adults}` : String(event.body.count);
      put(line, "what", `${heads} ${event.label}`);
      put(line, "when", event.cancelled ? words.takenback : Desk.clockOf(event.tapped));
      const undo = line.querySelector("button");
      undo.querySelector("[data-of]").textContent = ` ${heads} ${event.label}`;
      if (event.cancelled) undo.remove();
      else undo.addEventListener("click", () => Desk.takeBack(event.key));
      return line;
    });
    document.getElementById("device-waiting").replaceChildren(...lines);
    document.getElementById("device-waiting-part").hidden = !lines.length || !document.body.classList.contains("desk-offline");
  }

  function told() {
    const place = document.getElementById("device-told");
    const refused = Desk.state.events.filter((event) => event.state === "refused");
    const shown = [...place.children].map((notice) => notice.dataset.key);
    if (shown.join() === refused.map((event) => event.key).join()) return; // read aloud once
    place.replaceChildren(...refused.map((event) => {
      const notice = template("device-refused");
      notice.dataset.key = event.key;
      const heads = event.kind === "check-in" ? `${event.body.participants} + ${event.body.adults}` : String(event.body.count);
      put(notice, "what", `${event.label}: ${event.said}`);
      put(notice, "yours", fill(notice.dataset.words, { heads, time: Desk.clockOf(event.tapped) }));
      notice.querySelector("button").addEventListener("click", () => Desk.dismiss(event.key));
      return notice;
    }));
  }

  function fresh(place, words) {
    const { list: kept, network, events } = Desk.state;
    const count = events.filter((event) => event.state === "waiting").length;
    const parts = [kept ? fill(words.fresh, { time: Desk.clockOf(Date.parse(kept.now)) }) : words.nolist];
    if (count) parts.push(fill(words.waiting, { count }));
    put(place, "fresh", parts.join("; "));
    place.querySelector("[data-no-network]").hidden = network !== "offline";
    document.getElementById("device-log-in").hidden = network !== "log-in";
    const others = events.filter((event) => event.state === "waiting" && kept && event.user !== kept.user.id);
    const line = document.getElementById("device-others");
    line.hidden = !others.length || network !== "here";
    line.textContent = fill(words.others, { count: others.length });
  }

  let later = 0;
  Desk.show = () => {
    clearTimeout(later);
    if (Desk.pressedFor()) { later = setTimeout(Desk.show, 200); return; }
    const place = document.getElementById("device");
    const words = place.dataset;
    const stuck = Desk.state.events.some((event) => event.state === "waiting" && Date.now() - event.tapped > 3000);
    const away = place.hasAttribute("data-shell") || ["offline", "log-in"].includes(Desk.state.network);
    document.body.classList.toggle("desk-offline", away || (stuck && Desk.state.network !== "here"));
    fresh(place, words);
    told();
    if (!document.getElementById("device-rows")) return;
    waiting(words);
    const code = place.hasAttribute("data-shell") ? Desk.codeHere() : null;
    document.getElementById("device-list").hidden = Boolean(code);
    if (code) party(code, words);
    else list(words);
    const walkIns = document.getElementById("walk-ins");
    if (walkIns && place.hasAttribute("data-shell")) walkIns.hidden = !Desk.state.list?.can_walk_in || Boolean(code);
  };

  // One party, where the page that shows it is the device's own.
  function party(code, words) {
    const place = document.getElementById("device-party");
    const found = Desk.state.list?.parties.find((one) => one.code === code);
    const at = found ? standing(found).state : "unknown";
    if (place.dataset.shown === `${code} ${at}`) return; // not under the hands of somebody who counts
    place.dataset.shown = `${code} ${at}`;
    const panel = template(found ? "device-one" : "device-unknown");
    place.replaceChildren(panel);
    if (!found) return;
    put(panel, "title", found.label);
    put(panel, "booked", String(found.booked));
    put(panel, "final", `${found.participants} + ${found.adults}`);
    put(panel, "state", words[`state${at}`] ?? at);
    const form = panel.querySelector("form");
    if (!["late", "expected"].includes(at) || !Desk.state.list.can_check_in) return form.remove();
    form.action = `${Desk.home()}${code}/incheckning/`;
    form.elements.participants.value = found.participants;
    form.elements.adults.value = found.adults;
    Object.assign(form.querySelector("[data-difference]").dataset, { participants: found.participants, adults: found.adults });
    addSteppers(form);
    compare();
  }
})();
