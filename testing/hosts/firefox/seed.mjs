// The seed's steps in Firefox, over WebDriver BiDi: node seed.mjs <URL of the example> <its user>
// Fails if a step does, or if Firefox complains in its console. Says nothing of the key.
import puppeteer from "puppeteer-core";

const [base, user] = process.argv.slice(2);
const complaints = [];

/** Finds a button by its name, in the elements' shadow trees too. */
function visibleButton(name) {
  const roots = [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot)];
  return roots
    .filter(Boolean)
    .flatMap((root) => [...root.querySelectorAll("button")])
    .find(
      (button) =>
        button.checkVisibility() &&
        (button.getAttribute("aria-label") ?? button.textContent.trim()) === name,
    );
}

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
    const button = await page.waitForFunction(visibleButton, {}, name);
    await button.click();
  };
  const see = (text) => page.locator(`::-p-text(${text})`).wait();

  await page.goto(new URL("/login", base).href);
  await page.locator("input[name=username]").fill(user);
  await page.locator("input[name=password]").fill(user);
  await press("Log in");
  await see(`Hello, ${user}`);

  await press("Profile");
  await press("Add API key");
  await page.locator(">>> #description").fill("from Firefox");
  await press("Add");
  await press("Copy to clipboard");
  await see("✓ Copied");
  const answer = await page.evaluate(async () => {
    const key = document.querySelector("api-key-menu").shadowRoot.querySelector("textarea").value;
    const headers = { Authorization: `Bearer ${key}` };
    return (await fetch("/api/whoami", { headers })).json();
  });
  if (answer.user !== user || answer.authType !== "API_KEY") {
    throw new Error(`The key does not act for ${user}`);
  }
  await press("Close");

  await press("Profile");
  await press("View my API key details");
  await see("from Firefox");
  await see(answer.keyTag);
  await press("Close");
} finally {
  await browser.close();
}
if (complaints.length > 0) {
  throw new Error(`Firefox complains: ${complaints.join("; ")}`);
}
