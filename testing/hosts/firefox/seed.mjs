// The seed's steps: node seed.mjs <URL of the example> <its user>. Says nothing of the key.
import { inFirefox } from "./firefox.mjs";

const [base, user] = process.argv.slice(2);

await inFirefox(base, user, async ({ page, press, see, fill }) => {
  await press("Profile");
  await press("Add API key");
  await fill(">>> #description", "from Firefox");
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
});
