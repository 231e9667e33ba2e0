// Search as one types: after a pause, without losing the caret, announced, and found again in the address.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

export default async function (cast) {
  const visit = await cast.visit({ as: "alice" });
  const { page } = visit;
  await page.focus("#q");
  await page.keyboard.type("pro", { delay: 30 });
  await page.waitForURL(/q=pro/);
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  assert.deepEqual(await visit.names(), ["Proposal"]);
  assert.equal(await visit.focused(), "q");
  assert.equal(await page.evaluate(() => document.activeElement.selectionStart), 3, "the caret stays");
  assert.match(await visit.text("#announcer"), /1/);
  await page.keyboard.type("zzz");
  await page.waitForURL(/q=prozzz/);
  await page.locator("#results .empty").waitFor();
  assert.match(await visit.text("#results"), /prozzz/, "the empty state quotes the query");
  await visit.check("no-match");
  await page.click("#results .empty a");
  await page.waitForURL((url) => url.search === "");
  assert.equal((await visit.names()).length, 6);
  await roundTrip(visit);
}

/** Edit, save, and be back on the same list. */
async function roundTrip(visit) {
  const { page } = visit;
  await visit.go(`${LIST}?kind=open&sort=-name`);
  const before = await visit.names();
  await visit.row("Qualified").locator("[data-row-link]").click();
  await page.locator(".page-actions [data-edit]").click();
  await page.fill("[name=definition]", "Changed on the way.");
  await page.click("form[data-guard] button.primary");
  await page.locator("#banners .banner").waitFor();
  await page.locator(".crumbs a").last().click();
  await page.locator("#list").waitFor();
  assert.match(page.url(), /kind=open/);
  assert.match(page.url(), /sort=-name/);
  assert.deepEqual(await visit.names(), before);
}
