// The stuck list: the worst first, narrowed by status and owner, ticked, on a phone and on paper.
import assert from "node:assert/strict";

const STUCK = "/admin/leads/stuck";
const names = (tab) => tab.texts("tbody .board-name");

async function narrow(tab) {
  const { page } = tab;
  await tab.go(STUCK);
  assert.deepEqual((await names(tab)).slice(0, 2), ["Vasile Stuck", "Maria Stuck"]);
  await tab.check("list");
  await page.locator("#tabs .tab", { hasText: "Qualified" }).click();
  assert.deepEqual(await names(tab), ["Maria Stuck"]);
  await page.locator("[popovertarget=filter]").click();
  await page.selectOption("#filter-owner", "none");
  await page.locator("#filter button.primary").click();
  await page.waitForURL(/owner=none/);
  assert.match(page.url(), /status=\d+/);
}

async function tick(tab) {
  const { page } = tab;
  await tab.go(STUCK);
  await page.locator("[data-select-all]").check();
  await page.locator("#bulk").waitFor({ state: "visible" });
  assert.match(await tab.text("#bulk"), /2 selected/);
  await tab.check("ticked");
}

async function onPaper(tab) {
  await tab.go(STUCK);
  await tab.page.emulateMedia({ media: "print" });
  await tab.shot("print");
  assert.ok(!(await tab.page.locator(".toolbar").isVisible()));
  await tab.page.emulateMedia({ media: "screen" });
}

async function withoutJavaScript(story) {
  const tab = await story.openTab({ as: "mara", js: false, lang: "ro", width: 390 });
  await tab.go(STUCK);
  await tab.check("phone");
  assert.ok(await tab.page.locator("tbody .stuck-said", { hasText: "after the fair in May" }).isVisible(), "the last note");
  await tab.page.fill("#q", "vasile");
  await tab.page.click("form[role=search] button");
  assert.deepEqual(await names(tab), ["Vasile Stuck"]);
}

export default async function (story) {
  const tab = await story.openTab({ as: "mara" });
  await narrow(tab);
  await tick(tab);
  await onPaper(tab);
  await withoutJavaScript(story);
}
