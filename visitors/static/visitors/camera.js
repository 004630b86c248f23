// The camera as a scanner. Where the browser reads codes it does; else small grey frames go to our own door, a few a second.
"use strict";

(() => {
  const SIDE = 480; // pixels of the square that is looked at
  const PAUSE = 250; // milliseconds between looks
  const PATIENCE = 60_000;
  const LOST = 3; // answers lost one after the other: then there is no network
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  // The middle of the picture, where people hold things.
  function square(video, canvas) {
    const side = Math.min(video.videoWidth, video.videoHeight);
    const draw = canvas.getContext("2d", { willReadFrequently: true });
    canvas.width = canvas.height = Math.min(SIDE, side);
    draw.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
    return draw.getImageData(0, 0, canvas.width, canvas.height);
  }

  function grey({ data, width, height }) {
    const pixels = new Uint8Array(width * height);
    for (let i = 0; i < pixels.length; i++) pixels[i] = (data[4 * i] * 77 + data[4 * i + 1] * 150 + data[4 * i + 2] * 29) >> 8;
    return new Blob([`P5\n${width} ${height}\n255\n`, pixels], { type: "image/x-portable-graymap" });
  }

  async function ask(frame, door) {
    const answer = await fetch(door, {
      method: "POST",
      body: frame,
      headers: { "Content-Type": frame.type, "X-CSRFToken": Desk.csrf() },
      signal: AbortSignal.timeout(5000),
    });
    if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).text;
  }

  async function reader(video, door) {
    const formats = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
    if (formats.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async () => (await detector.detect(video))[0]?.rawValue ?? "";
    }
    const canvas = document.createElement("canvas");
    return () => ask(grey(square(video, canvas)), door);
  }

  async function look(dialog, words) {
    const video = dialog.querySelector("video");
    const read = await reader(video, words.door);
    const end = Date.now() + PATIENCE;
    let lost = 0;
    while (dialog.open && Date.now() < end) {
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        const text = await read().catch(() => null);
        lost = text === null ? lost + 1 : 0;
        if (lost === LOST) return words.lost;
        if (text && dialog.open) {
          Desk.open(text);
          return words.found;
        }
      }
      await wait(PAUSE);
    }
    return words.nothing;
  }

  async function scan(dialog, words) {
    const video = dialog.querySelector("video");
    const said = dialog.querySelector("[data-said]");
    said.textContent = words.hold;
    dialog.showModal();
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "environment", width: { ideal: 1280 } } });
      video.srcObject = stream;
      await video.play();
      said.textContent = await look(dialog, words);
    } catch {
      said.textContent = words.none;
    } finally {
      for (const track of stream?.getTracks() ?? []) track.stop();
      video.srcObject = null;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-scan]");
    const dialog = document.getElementById("camera");
    if (!button || !dialog?.showModal || !navigator.mediaDevices) return;
    button.hidden = false;
    button.addEventListener("click", () => scan(dialog, dialog.dataset));
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  });
})();

Desk.csrf = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
