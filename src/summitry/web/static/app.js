"use strict";
// Everything works without this file; it adds keys, copying, and decisions that keep their place when saving fails.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const status = () => document.querySelector(".status");
  const say = (text, failed) => {
    const line = status();
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("failed", Boolean(failed));
    if (!failed) setTimeout(() => { if (line.textContent === text) line.textContent = ""; }, 2500);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const from = button.dataset.copy;
    try {
      const text = from === "link" ? location.href : await (await fetch(from)).text();
      await navigator.clipboard.writeText(text);
      say(button.dataset.done);
    } catch {
      say(button.dataset.failed, true);
    }
  });

  // Passkeys: what the server asks, as the browser wants it (bytes), and the answer, as the server wants it (base64url).
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const plain = (found) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (found.response[name]) response[name] = text64(found.response[name]);
    }
    return { id: found.id, rawId: text64(found.rawId), type: found.type, response, clientExtensionResults: {} };
  };
  const send = async (path, body) => {
    const answer = await fetch(path, { method: "POST", body: JSON.stringify(body ?? {}), headers: { "Content-Type": "application/json", Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-passkey]");
    if (!button) return;
    const path = button.dataset.passkey;
    try {
      const asked = await send(`${path}/ask`);
      asked.challenge = bytes(asked.challenge);
      let body;
      if (asked.user) {
        asked.user.id = bytes(asked.user.id);
        for (const one of asked.excludeCredentials ?? []) one.id = bytes(one.id);
        body = { answer: plain(await navigator.credentials.create({ publicKey: asked })), note: document.getElementById(button.dataset.note).value };
      } else {
        body = { answer: plain(await navigator.credentials.get({ publicKey: asked })), back: button.dataset.back };
      }
      location.assign((await send(path, body)).back);
    } catch {
      say(button.dataset.failed, true);
    }
  });

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const press = (key) => {
    const found = [...document.querySelectorAll(`[data-key="${key}"]`)].find((one) => one.offsetParent !== null || one.tagName === "SUMMARY");
    if (!found) return false;
    if (found.tagName === "SUMMARY") {
      found.parentElement.open = !found.parentElement.open;
      const first = found.parentElement.querySelector("input:not([type=hidden]), button");
      if (found.parentElement.open && first) first.focus();
    } else {
      found.click();
    }
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      document.querySelectorAll("main details[open]").forEach((one) => { one.open = false; });
      if (typing(event.target)) event.target.blur();
      return;
    }
    if (typing(event.target)) return;
    if (event.key === "/") {
      const box = document.querySelector(".find input");
      if (box) { event.preventDefault(); box.focus(); }
    } else if (document.querySelector("[data-review]") && press(event.key.toLowerCase())) {
      event.preventDefault();
    }
  });

  // The review queue: send a decision, show what comes next without losing the place.
  let busy = false;
  const show = (html, url) => {
    const next = new DOMParser().parseFromString(html, "text/html");
    document.querySelector("main").replaceWith(next.querySelector("main"));
    document.title = next.title;
    if (url !== location.href) history.pushState(null, "", url);
    const heading = document.querySelector("main h1");
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
    scrollTo(0, 0);
    reveal();
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("[data-review]") || form.method !== "post") return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      const body = new URLSearchParams(new FormData(form, event.submitter));
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
      const html = await answer.text();
      if (!answer.ok) throw new Error(String(answer.status));
      show(html, answer.url);
    } catch {
      say(document.querySelector("[data-review]").dataset.failed, true);
    } finally {
      busy = false;
    }
  });
  addEventListener("popstate", () => { if (document.querySelector("[data-review]") || location.pathname.startsWith("/review")) location.reload(); });
  const reveal = () => document.querySelector("[data-review] .text mark")?.scrollIntoView({ block: "nearest" });
  reveal();
})();
