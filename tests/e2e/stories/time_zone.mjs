// A browser in another time zone than the page offers its own, once; days that are chosen are days of that zone.
import assert from "node:assert/strict";

const LIST = "/admin/leads";
const OFFER = "form[data-zone]";

async function choose(tab) {
  const { page } = tab;
  await tab.go(`${LIST}?owner=me`);
  await page.locator(OFFER).waitFor({ state: "visible" });
  assert.match(await tab.text(OFFER), /UTC.*Asia\/Tokyo/s);
  await tab.check("offer");
  await page.click(`${OFFER} [data-zone-value]`);
  await page.waitForLoadState("load");
  assert.match(page.url(), /owner=me/, "back on the same list");
  assert.equal(await page.locator(OFFER).count(), 0, "it is chosen");
}

/** The address has the zone of the days, and none without days. */
async function filter(tab) {
  const { page } = tab;
  await tab.go(LIST);
  await page.click("[popovertarget=filter]");
  await page.selectOption("#filter [name=state]", "on_track");
  await page.click("#filter .primary");
  await page.waitForURL(/state=on_track/);
  assert.doesNotMatch(page.url(), /tz=/);
  await page.click("[popovertarget=filter]");
  await page.fill("#filter [name=created_from]", "2026-01-01");
  await page.click("#filter .primary");
  await page.waitForURL(/created_from=2026-01-01/);
  assert.match(page.url(), /tz=Asia(%2F|\/)Tokyo/);
  await page.fill("#q", "a");
  await page.waitForURL(/q=a/);
  assert.match(page.url(), /tz=Asia(%2F|\/)Tokyo/, "a search keeps it");
}

async function inProfile(tab) {
  const { page } = tab;
  await tab.go("/admin/profile");
  assert.equal(await page.inputValue("#f-time_zone"), "Asia/Tokyo");
  await tab.check("profile");
}

export default async function (story) {
  const tokyo = await story.openTab({ as: "mara", zone: "Asia/Tokyo" });
  await choose(tokyo);
  await filter(tokyo);
  await inProfile(tokyo);
  const same = await story.openTab({ as: "radu", zone: "Africa/Abidjan" });
  await same.go(LIST);
  assert.equal(await same.page.locator(OFFER).isVisible(), false, "the same time under another name");
  const phone = await story.openTab({ as: "vera", zone: "America/New_York", width: 390, lang: "ro", theme: "dark" });
  await phone.go(LIST);
  await phone.page.click(".topbar [popovertarget=sidebar]");
  await phone.page.locator(OFFER).waitFor({ state: "visible" });
  await phone.check("offer-phone");
  const plain = await story.openTab({ as: "radu", zone: "Asia/Tokyo", js: false });
  await plain.go(LIST);
  assert.equal(await plain.page.locator(OFFER).isVisible(), false);
}
