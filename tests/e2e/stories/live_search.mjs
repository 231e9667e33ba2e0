// Search as one types: after a pause, without losing the caret, announced, and found again in the address.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

export default async function (story) {
  const tab = await story.openTab({ as: "alice" });
  const { page } = tab;
  await page.focus("#q");
  await page.keyboard.type("pro", { delay: 30 });
  await page.waitForURL(/q=pro/);
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  assert.deepEqual(await tab.names(), ["Proposal"]);
  assert.equal(await tab.focused(), "q");
  assert.equal(await page.evaluate(() => document.activeElement.selectionStart), 3, "the caret stays");
  assert.match(await tab.text("#announcer"), /1/);
  await page.keyboard.type("zzz");
  await page.waitForURL(/q=prozzz/);
  await page.locator("#results .empty").waitFor();
  assert.match(await tab.text("#results"), /prozzz/, "the empty state quotes the query");
  await tab.check("no-match");
  await page.click("#results .empty a");
  await page.waitForURL((url) => url.search === "");
  assert.equal((await tab.names()).length, 6);
  await roundTrip(tab);
}

/** Edit, save, and be back on the same list. */
async function roundTrip(tab) {
  const { page } = tab;
  await tab.go(`${LIST}?kind=open&sort=-name`);
  const before = await tab.names();
  await tab.row("Qualified").locator("[data-row-link]").click();
  await page.locator(".page-actions [data-edit]").click();
  await page.fill("[name=definition]", "Changed on the way.");
  await page.click("form[data-guard] button.primary");
  await page.locator("#banners .banner").waitFor();
  await page.locator(".crumbs a").last().click();
  await page.locator("#list").waitFor();
  assert.match(page.url(), /kind=open/);
  assert.match(page.url(), /sort=-name/);
  assert.deepEqual(await tab.names(), before);
}
