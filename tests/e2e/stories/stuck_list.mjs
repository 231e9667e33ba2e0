// The stuck list: the worst first, narrowed by status and owner, ticked, on a phone and on paper.
import assert from "node:assert/strict";

const STUCK = "/admin/leads/stuck";
const names = (visit) => visit.texts("tbody .board-name");

async function narrow(visit) {
  const { page } = visit;
  await visit.go(STUCK);
  assert.deepEqual((await names(visit)).slice(0, 2), ["Vasile Stuck", "Maria Stuck"]);
  await visit.check("list");
  await page.locator("#tabs .tab", { hasText: "Qualified" }).click();
  assert.deepEqual(await names(visit), ["Maria Stuck"]);
  await page.locator("[popovertarget=filter]").click();
  await page.selectOption("#filter-owner", "none");
  await page.locator("#filter button.primary").click();
  await page.waitForURL(/owner=none/);
  assert.match(page.url(), /status=\d+/);
}

async function tick(visit) {
  const { page } = visit;
  await visit.go(STUCK);
  await page.locator("[data-select-all]").check();
  await page.locator("#bulk").waitFor({ state: "visible" });
  assert.match(await visit.text("#bulk"), /2 selected/);
  await visit.check("ticked");
}

async function onPaper(visit) {
  await visit.go(STUCK);
  await visit.page.emulateMedia({ media: "print" });
  await visit.shot("print");
  assert.ok(!(await visit.page.locator(".toolbar").isVisible()));
  await visit.page.emulateMedia({ media: "screen" });
}

async function withoutJavaScript(cast) {
  const visit = await cast.visit({ as: "mara", js: false, lang: "ro", width: 390 });
  await visit.go(STUCK);
  await visit.check("phone");
  assert.ok(await visit.page.locator("tbody .stuck-said", { hasText: "after the fair in May" }).isVisible(), "the last note");
  await visit.page.fill("#q", "vasile");
  await visit.page.click("form[role=search] button");
  assert.deepEqual(await names(visit), ["Vasile Stuck"]);
}

export default async function (cast) {
  const visit = await cast.visit({ as: "mara" });
  await narrow(visit);
  await tick(visit);
  await onPaper(visit);
  await withoutJavaScript(cast);
}
