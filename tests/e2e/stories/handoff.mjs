// A lead is handed over: offered on a page, rejected and recycled on a phone, with and without JavaScript.
import assert from "node:assert/strict";

const OFFERS = "/admin/leads/offers";

/** Makes "Qualified" a hand-off to reps. */
async function handOver(visit) {
  const { page } = visit;
  await visit.go("/admin/leads/statuses");
  await page.locator("a[data-row-link]", { hasText: "Qualified" }).click();
  await page.locator("a[href*='/edit']").first().click();
  await page.locator("summary", { hasText: "Hand-off" }).click();
  await page.selectOption("#f-handoff_to", "rep");
  await page.fill("#f-handoff_within_hours", "24");
  await page.fill("#f-handoff_reasons", "No budget\nToo early");
  await visit.shot("form");
  await page.locator("form[data-guard] button.primary").click();
  await page.waitForURL(/statuses\/\d+/);
  assert.match(await visit.text("main"), /Leads are offered to: Sales rep/);
}

/** Makes a lead and offers it to all reps; the path of its page. */
async function offer(visit, name) {
  const { page } = visit;
  await visit.go("/admin/leads/new");
  await page.fill("#f-name", name);
  await page.locator("form[data-guard] button.primary").first().click();
  await page.waitForURL(/leads\/\d+/);
  const path = new URL(page.url()).pathname;
  await page.selectOption("#f-status", { label: "Qualified" });
  await page.locator(".composer button.primary").click();
  await page.locator("#offer").waitFor();
  return path;
}

async function reject(visit, path) {
  const { page } = visit;
  await visit.go(path);
  assert.match(await visit.text("#offer"), /Waits for you to accept until/);
  await visit.check("lead");
  await page.locator("#offer a", { hasText: "Reject" }).click();
  await page.locator("#f-reason").waitFor();
  await visit.check("reject");
  await page.selectOption("#f-reason", "No budget");
  await page.locator("form[action$='/handoff'] button", { hasText: "Reject" }).last().click();
  await page.locator(".visits .visit", { hasText: "No budget" }).first().waitFor();
  assert.equal(await page.locator("#offer").count(), 0);
}

async function recycle(visit, name) {
  const { page } = visit;
  await visit.go(OFFERS);
  await visit.check("waiting");
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

export default async function (cast) {
  const alice = await cast.visit({ as: "alice" });
  await handOver(alice);
  for (const js of [true, false]) {
    const name = js ? "Scripted" : "Plain";
    const path = await offer(alice, `${name} reject`);
    await offer(alice, `${name} recycle`);
    const radu = await cast.visit({ as: "radu", js, width: 390, theme: "dark" });
    await reject(radu, path);
    await recycle(radu, `${name} recycle`);
  }
}
