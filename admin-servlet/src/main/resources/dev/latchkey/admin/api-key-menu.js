/**
 * <api-key-menu>: a profile icon with a menu by which the logged-in user adds, views, edits,
 * reissues and deletes their own API key. Entries of the host's own go into the default slot.
 */
const endpoint = new URL(import.meta.url).pathname.replace(/\/[^/]*$/, "");

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { float: right; position: relative; font: 1rem/1.5 system-ui, sans-serif; }
  button { font: inherit; padding: .3rem .8rem; border: 1px solid #888; border-radius: .4rem;
    background: #fff; color: #111; cursor: pointer; }
  button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid #06c; }
  .icon { width: 2.5rem; height: 2.5rem; padding: .3rem; border-radius: 50%; }
  .icon svg { width: 100%; height: 100%; fill: currentColor; }
  .menu { position: absolute; right: 0; z-index: 1; min-width: 14rem; padding: .4rem;
    border: 1px solid #888; border-radius: .4rem; background: #fff; }
  .menu > button { display: block; width: 100%; border: 0; text-align: left; }
  .menu > button:hover { background: #eef; }
  dialog { width: min(34rem, 92vw); border: 1px solid #888; border-radius: .5rem; color: #111; }
  label { display: block; margin: .6rem 0; }
  input, select { display: block; width: 100%; box-sizing: border-box; font: inherit;
    padding: .3rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
  dt { font-weight: 600; }
  dd { margin: 0; overflow-wrap: anywhere; }
  .buttons { display: flex; flex-wrap: wrap; gap: .5rem; justify-content: flex-end;
    margin-top: 1rem; }
  .primary { background: #05a; border-color: #05a; color: #fff; }
  .error { color: #a00; }
  code { overflow-wrap: anywhere; user-select: all; }
  [hidden] { display: none; }
`);

/** An element with attributes and children; text is always text. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== false) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children);
  return element;
}

function icon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M12 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm0 2c-5 0-9 2.5-9 6v2h18v-2c0-3.5-4-6-9-6Z");
  svg.append(path);
  return svg;
}

async function call(method, path = "", body) {
  const response = await fetch(endpoint + path, {
    method,
    headers: {
      Accept: "application/json",
      ...(body ? { "Content-Type": "application/json" } : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) {
    throw new Error(answer.detail || answer.title);
  }
  return answer;
}

const day = 24 * 60 * 60 * 1000;
const local = (instant) =>
  instant ? `${new Date(instant).toLocaleString()} (${instant} UTC)` : "never";

class ApiKeyMenu extends HTMLElement {
  #menu = el("div", { class: "menu", role: "menu", hidden: true });
  #dialog = el("dialog", { "aria-labelledby": "title" });
  #toggle = el(
    "button",
    {
      class: "icon",
      "aria-label": "Profile",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => (this.#menu.hidden ? this.#open() : this.#close()),
    },
    icon(),
  );

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    root.append(this.#toggle, this.#menu, this.#dialog);
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.#menu.hidden) {
        this.#close();
        this.#toggle.focus();
      }
    });
    this.#dialog.addEventListener("close", () => this.#dialog.replaceChildren());
  }

  async #open() {
    const items = [];
    const item = (text, action) =>
      items.push(
        el("button", { role: "menuitem", onclick: () => (this.#close(), action()) }, text),
      );
    try {
      const { keys, policy } = await call("GET");
      if (keys.length < policy.maxKeys || policy.validity.mode === "session") {
        item("Add API key", () => this.#add(policy));
      }
      if (keys.length > 0) {
        item("View my API key details", () => this.#details(keys));
      }
    } catch (error) {
      items.push(el("p", { class: "error", role: "alert" }, error.message));
    }
    this.#menu.replaceChildren(...items, el("slot"));
    this.#menu.hidden = false;
    this.#toggle.setAttribute("aria-expanded", "true");
    this.#menu.querySelector("button")?.focus();
  }

  #close() {
    this.#menu.hidden = true;
    this.#toggle.setAttribute("aria-expanded", "false");
  }

  /** Shows a dialog. The actions' promises are waited for, and their failures shown. */
  #show(title, content, actions, { closable = true } = {}) {
    const error = el("p", { class: "error", role: "alert", hidden: true });
    const buttons = Object.entries(actions).map(([text, action], index) =>
      el("button", {
        class: index === 0 ? "primary" : "",
        type: "button",
        onclick: async (event) => {
          const button = event.currentTarget;
          button.disabled = true;
          error.hidden = true;
          try {
            await action();
          } catch (failure) {
            error.textContent = failure.message;
            error.hidden = false;
          }
          button.disabled = false;
        },
      }, text));
    this.#dialog.oncancel = (event) => closable || event.preventDefault();
    this.#dialog.replaceChildren(
      el("h2", { id: "title" }, title), ...content, error, el("div", { class: "buttons" }, ...buttons));
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
  }

  /** A choice of validity, with the expiration date that comes of it. */
  #validity(policy) {
    if (policy.validity.mode === "session") {
      return {
        fields: [el("p", {}, `Expires with your login session: ${local(policy.validity.expiresAt)}`)],
        value: () => ({}),
      };
    }
    const { defaultDays, maxDays } = policy.validity;
    const days = [...new Set([7, 30, 60, 90, defaultDays, maxDays])]
      .filter((d) => d <= maxDays)
      .sort((a, b) => a - b);
    const select = el("select", { name: "days" }, ...days.map((d) =>
      el("option", { value: d, selected: d === defaultDays }, `${d} days`)));
    const output = el("output", { name: "expiration" });
    const show = () => {
      const expires = new Date(Date.now() + select.value * day);
      output.textContent = local(expires.toISOString().replace(/\.\d+/, ""));
    };
    select.addEventListener("change", show);
    show();
    return {
      fields: [el("label", {}, "Validity", select), el("p", {}, "Expiration date: ", output)],
      value: () => ({ expiresInDays: Number(select.value) }),
    };
  }

  #add(policy) {
    const description = el("input", { name: "description", maxlength: 200 });
    const validity = this.#validity(policy);
    this.#show("Add API key", [el("label", {}, "Description", description), ...validity.fields], {
      Add: async () =>
        this.#secret(await call("POST", "", { description: description.value, ...validity.value() })),
      Cancel: () => this.#dialog.close(),
    });
  }

  #secret(made) {
    const code = el("code", { id: "key" }, made.key);
    const copied = el("span", { role: "status" });
    this.#show("Your API key", [
      el("p", {}, "Copy the key now. After you close this, it cannot be shown again."),
      el("p", {}, code),
      copied,
    ], {
      "Copy to clipboard": async () => {
        getSelection().selectAllChildren(code);
        if (navigator.clipboard) {
          await navigator.clipboard.writeText(code.textContent);
        } else if (!document.execCommand("copy")) {
          throw new Error("The browser does not allow copying. The key is selected: copy it by hand.");
        }
        copied.textContent = "Copied.";
      },
      Close: () => this.#dialog.close(),
    }, { closable: false });
  }

  #details(keys) {
    const rows = keys.flatMap((key) => [
      el("dl", {}, ...Object.entries({
        Tag: key.tag,
        Key: key.hint,
        Description: key.description,
        Status: key.status,
        Created: local(key.createdAt),
        Expires: local(key.expiresAt),
        "Last used": local(key.lastUsedAt) + (key.lastUsedFrom ? `, from ${key.lastUsedFrom}` : ""),
      }).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
      el("div", { class: "buttons" },
        el("button", { type: "button", onclick: () => this.#edit(key) }, "Edit"),
        el("button", { type: "button", onclick: () => this.#reissue(key) }, "Reissue"),
        el("button", { type: "button", onclick: () => this.#delete(key) }, "Delete")),
    ]);
    this.#show("API key details", rows, { Close: () => this.#dialog.close() });
  }

  async #refreshed() {
    this.#details((await call("GET")).keys);
  }

  #edit(key) {
    const description = el("input", { name: "description", maxlength: 200, value: key.description });
    this.#show("Edit API key", [el("label", {}, "Description", description)], {
      Save: async () => {
        await call("PATCH", `/${key.tag}`, { description: description.value });
        await this.#refreshed();
      },
      Cancel: () => this.#refreshed(),
    });
  }

  async #reissue(key) {
    const { policy } = await call("GET");
    const validity = this.#validity(policy);
    const grace = el("select", { name: "grace" },
      ...[["now", 0], ["in 1 hour", 3600], ["in 1 day", 86400]].map(([text, seconds]) =>
        el("option", { value: seconds }, text)));
    this.#show("Reissue API key", [
      ...validity.fields,
      el("label", {}, "The old key stops working", grace),
    ], {
      Reissue: async () =>
        this.#secret(await call("POST", `/${key.tag}/reissue`,
          { graceSeconds: Number(grace.value), ...validity.value() })),
      Cancel: () => this.#refreshed(),
    });
  }

  #delete(key) {
    this.#show("Delete API key", [
      el("p", {}, `Whatever uses the key ${key.hint} stops working at once.`),
    ], {
      Delete: async () => {
        await call("DELETE", `/${key.tag}`);
        this.#dialog.close();
      },
      Cancel: () => this.#refreshed(),
    });
  }
}

customElements.define("api-key-menu", ApiKeyMenu);
