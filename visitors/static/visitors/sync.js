// Sends what was tapped: in order, each under its own key, so that however often it is sent it has one effect.
"use strict";

(() => {
  Desk.answers = new Map(); // what the server said of taps of this page, by key
  const PATIENCE = 10_000;

  async function post(path, body, key) {
    const answer = await fetch(path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "Idempotency-Key": key, "X-CSRFToken": Desk.csrf() },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const said = await answer.json().catch(() => ({}));
    return { status: answer.status, said };
  }

  // "sent", "refused", or why it stays: "log-in", "offline".
  function meaning(status) {
    if (status >= 200 && status < 300) return "sent";
    if (status === 401 || status === 403 || status === 0) return "log-in";
    return status === 408 || status === 429 || status >= 500 ? "offline" : "refused";
  }

  // A fault of form is said at its field, a rule's refusal as a whole.
  const why = (said) => (said.code === "invalid" && said.errors?.length ? said.errors.map((error) => error.message).join(" ") : said.detail ?? "");

  async function send(key) {
    // Noted before it is sent: from here on nobody knows whether it arrived, until the server says.
    const event = await Desk.store.edit(key, (it) => ({ ...it, tries: it.tries + 1 }));
    if (!event) return "sent";
    const { status, said } = await post(event.path, event.body, key);
    const outcome = meaning(status);
    if (outcome === "refused") await Desk.store.edit(key, (it) => (it.cancelled ? null : { ...it, state: "refused", said: why(said), code: said.code }));
    if (outcome === "sent") {
      Desk.answers.set(key, said);
      await settle(key, event.path, said);
    }
    return outcome;
  }

  // It counts; unless it was taken back meanwhile: then that is sent too.
  async function settle(key, path, said) {
    const left = await Desk.store.edit(key, (it) => (it.cancelled ? it : null));
    if (!left) return;
    const { status } = await post(`${path}${said.id}/undo/`, {}, `${key}-undo`);
    if (["log-in", "offline"].includes(meaning(status))) throw new Error("not undone yet");
    await Desk.store.remove(key);
  }

  async function sendAll(user) {
    for (const event of await Desk.store.events()) {
      if (event.state !== "waiting" || event.user !== user) continue;
      const outcome = await send(event.key);
      if (outcome === "log-in" || outcome === "offline") return outcome;
    }
    return "sent";
  }

  // Everything of this user's that waits. One tab at a time; the server would hold it too.
  Desk.send = async (user) => {
    const all = () => sendAll(user).catch(() => "offline");
    return navigator.locks ? navigator.locks.request("navet-desk-send", all) : all();
  };

  // The day's list as it is now, or why not: { outcome: "fresh" | "log-in" | "offline", list }.
  Desk.fetchList = async (address) => {
    try {
      const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 401) return { outcome: "log-in" };
      if (!answer.ok) return { outcome: "offline" };
      const list = await answer.json();
      return { outcome: "fresh", list: { ...list, ahead: Date.parse(list.now) - Date.now() } };
    } catch {
      return { outcome: "offline" };
    }
  };
})();
