// An administrator finds the only key of an owner, and revokes it, and sees who did that:
// node administrator.mjs <URL of the example> <its administrator> <owner> <the key's tag>
import { inFirefox } from "./firefox.mjs";

const [base, administrator, owner, tag] = process.argv.slice(2);
const row = `>>> tr[data-tag="${tag}"]`;

await inFirefox(base, administrator, async ({ page, press, see, fill }) => {
  await page.goto(new URL("/api-keys/admin", base).href);
  await see("2 keys on this page");
  await fill(">>> #filter-owner", owner);
  await press("Search");
  await see("1 key on this page");
  await page.locator(`${row} button[aria-expanded]`).click();
  await see("What was done with this key");
  await press("Delete");
  await fill(">>> #reason", "left the team");
  await press("Delete");
  await see("The API key was deleted.");
  await page.waitForSelector(row, { hidden: true });

  await page.locator(">>> .views a:last-child").click();
  await see("3 events on this page");
  await fill(">>> #filter-owner", owner);
  await page.locator(">>> #filter-action").fill("key.deleted");
  await press("Search");
  await see("1 event on this page");
  await see("left the team");
  await see(tag);
});
