// A lead is handed over: offered on a page, rejected and recycled on a phone, with and without JavaScript.
import assert from "node:assert/strict";

const OFFERS = "/admin/leads/offers";

/** Makes "Qualified" a hand-off to reps. */
async function handOver(tab) {
  const { page } = tab;
  await tab.go("/admin/leads/statuses");
  await page.locator("a[data-row-link]", { hasText: "Qualified" }).click();
  await page.locator("a[href*='/edit']").first().click();
  await page.locator("summary", { hasText: "Hand-off" }).click();
  await page.selectOption("#f-handoff_to", "rep");
  await page.fill("#f-handoff_within_hours", "24");
  await page.fill("#f-handoff_reasons", "No budget\nToo early");
  await tab.shot("form");
  await page.locator("form[data-guard] button.primary").click();
  await page.waitForURL(/statuses\/\d+/);
  assert.match(await tab.text("main"), /Leads are offered to: Sales rep/);
}

/** Makes a lead and offers it to all reps; the path of its page. */
async function offer(tab, name) {
  const { page } = tab;
  await tab.go("/admin/leads/new");
  await page.fill("#f-name", name);
  await page.locator("form[data-guard] button.primary").first().click();
  await page.waitForURL(/leads\/\d+/);
  const path = new URL(page.url()).pathname;
  await page.selectOption("#f-status", { label: "Qualified" });
  await page.locator(".composer button.primary").click();
  await page.locator("#offer").waitFor();
  return path;
}

async function reject(tab, path) {
  const { page } = tab;
  await tab.go(path);
  assert.match(await tab.text("#offer"), /Waits for you to accept until/);
  await tab.check("lead");
  await page.locator("#offer a", { hasText: "Reject" }).click();
  await page.locator("#f-reason").waitFor();
  await tab.check("reject");
  await page.selectOption("#f-reason", "No budget");
  await page.locator("form[action$='/handoff'] button", { hasText: "Reject" }).last().click();
  await page.locator(".visits .visit", { hasText: "No budget" }).first().waitFor();
  assert.equal(await page.locator("#offer").count(), 0);
}

async function recycle(tab, name) {
  const { page } = tab;
  await tab.go(OFFERS);
  await tab.check("waiting");
  const row = page.locator(".offer", { hasText: name });
  await row.locator("a.button", { hasText: "Recycle" }).click();
  await page.locator("#f-until").waitFor();
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await page.fill("#f-until", day);
  await page.selectOption("#f-reason", "Too early");
  await page.locator("form[action$='/handoff'] button", { hasText: "Recycle" }).last().click();
  await page.waitForURL(new RegExp(OFFERS));
  assert.equal(await page.locator(".offer", { hasText: name }).count(), 0);
}

export default async function (story) {
  const alice = await story.openTab({ as: "alice" });
  await handOver(alice);
  for (const js of [true, false]) {
    const name = js ? "Scripted" : "Plain";
    const path = await offer(alice, `${name} reject`);
    await offer(alice, `${name} recycle`);
    const radu = await story.openTab({ as: "radu", js, width: 390, theme: "dark" });
    await reject(radu, path);
    await recycle(radu, `${name} recycle`);
  }
}
