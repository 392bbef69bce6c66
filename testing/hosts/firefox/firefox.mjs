// The common part of the steps in Firefox, over WebDriver BiDi.
import puppeteer from "puppeteer-core";

/**
 * Finds, in the elements' shadow trees too, a text that is on show, or a button by its name: in the
 * dialog, if one is open. Runs in the page.
 */
function find({ text, name }) {
  const trees = [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot)];
  const all = (selector) => trees.filter(Boolean).flatMap((t) => [...t.querySelectorAll(selector)]);
  if (text) {
    return all("body, :host > *").find(({ innerText }) => innerText?.includes(text));
  }
  const [dialog] = all("dialog[open]");
  return (dialog ? [...dialog.querySelectorAll("button")] : all("button")).find(
    (button) =>
      button.checkVisibility() &&
      (button.getAttribute("aria-label") ?? button.textContent.trim()) === name,
  );
}

/**
 * Runs steps of somebody who is logged in at the example; fails if one does, or if Firefox complains
 * in its console.
 *
 * @param base the example's URL
 * @param steps(visit) gets the page; press(name) of a button; see(text); fill(selector, text)
 */
export async function inFirefox(base, user, steps) {
  const complaints = [];
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    extraPrefsFirefox: { "intl.accept_languages": "en-US, en" },
  });
  try {
    const page = await browser.newPage();
    page.on("console", (message) => {
      if (["error", "warn"].includes(message.type())) {
        complaints.push(message.text());
      }
    });
    page.on("pageerror", ({ message }) => complaints.push(message));
    // Firefox tells scripts alone what a Content-Security-Policy blocks.
    await page.evaluateOnNewDocument(() =>
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        console.error(`CSP ${violatedDirective} ${blockedURI}`),
      ),
    );
    const press = async (name) => {
      const button = await page.waitForFunction(find, {}, { name });
      await button.click();
    };
    // Not by puppeteer's own selector for text, which remembers what an element once said.
    const see = (text) => page.waitForFunction(find, {}, { text });
    const fill = (selector, text) => page.locator(selector).fill(text);

    await page.goto(new URL("/login", base).href);
    await fill("input[name=username]", user);
    await fill("input[name=password]", user);
    await press("Log in");
    await see(`Hello, ${user}`);
    await steps({ page, press, see, fill });
  } finally {
    await browser.close();
  }
  if (complaints.length > 0) {
    throw new Error(`Firefox complains: ${complaints.join("; ")}`);
  }
}
