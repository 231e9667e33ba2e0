// The first day of RevOps: from the set-up link over a standard set to statuses of their own, and back again.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function setUp(tab) {
  const { page, story } = tab;
  await tab.go(`/admin/setup?code=${story.setting.setup}`);
  await tab.check("set-up");
  await page.fill("[name=name]", "Ana");
  await page.fill("[name=email]", "ana@example.com");
  await page.fill("[name=password]", "violet trams under oaks");
  await page.click("main form button.primary");
  await page.locator("#list").waitFor();
  assert.match(await tab.text("#banners"), /Ana/);
}

/** A standard set, looked at before it is taken. */
async function takeSet(tab) {
  const { page } = tab;
  const before = await tab.names();
  await page.click("[popovertarget=more]");
  await page.click(`#more a[href="${LIST}/sets"]`);
  await page.check("[name=set][value=b2b]");
  await page.click(".plan-foot button.primary");
  await page.locator("[name=expect]").waitFor({ state: "attached" });
  await tab.check("set-preview");
  const other = await page.context().newPage();
  await other.goto(LIST);
  assert.deepEqual(await other.locator("tbody .badge-name").allInnerTexts(), before, "a preview changes nothing");
  await other.close();
  await page.click(".plan-foot button.primary");
  await page.locator("#banners .banner.ok").waitFor();
  assert.notDeepEqual(await tab.names(), before);
}

async function create(tab, name) {
  const { page } = tab;
  await tab.go(LIST);
  await page.click("[data-create]");
  await page.locator("[name=name]").pressSequentially(name);
  assert.match(await tab.text("[data-preview]"), new RegExp(name), "the badge follows");
  await page.check("[name=kind][value=open]");
  await page.click("form[data-guard] button.primary");
  await page.locator("#banners .banner").waitFor();
  await tab.go(LIST);
  assert.ok((await tab.names()).includes(name));
}

/** Three ticked with Shift, deleted, and taken back. */
async function deleteAndTakeBack(tab, names) {
  const { page } = tab;
  const before = await tab.names();
  await tab.row(names[0]).locator(".check [name=ids]").click();
  await tab.row(names.at(-1)).locator(".check [name=ids]").click({ modifiers: ["Shift"] });
  await page.click('#bulk [value="delete"]');
  await page.locator("dialog[open]").waitFor();
  assert.equal(await tab.text("dialog[open] [name=confirm]"), "Delete 3 statuses");
  await page.click("dialog[open] [name=confirm]");
  await page.locator("#banners .banner.ok").waitFor();
  assert.deepEqual(await tab.names(), before.filter((name) => !names.includes(name)));
  await page.click("#banners form[action$='/undo'] button");
  await page.waitForFunction((count) => document.querySelectorAll("tbody .badge-name").length === count, before.length);
  assert.deepEqual(await tab.names(), before);
}

/** Found by typing, narrowed by a filter, which its chip takes away again. */
async function findAgain(tab) {
  const { page } = tab;
  await tab.go(LIST);
  await page.focus("#q");
  await page.keyboard.type("own");
  await page.waitForURL(/q=own/);
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 3);
  assert.equal(await tab.focused(), "q");
  const shared = await page.locator("#export a[download]").first().getAttribute("href");
  assert.match(shared, /q=own/, "what is shown is what is exported");
  await page.click("[popovertarget=filter]");
  await page.selectOption("#filter-kind", "lost");
  await page.click("#filter button");
  await page.locator("#results .empty").waitFor();
  await page.locator(".chip", { hasText: /lost/i }).click();
  await page.waitForURL((url) => !url.searchParams.has("kind"));
  assert.equal((await tab.names()).length, 3, "the search outlives the filter");
  assert.match(page.url(), /q=own/);
}

export default async function (story) {
  const tab = await story.openTab();
  await setUp(tab);
  await takeSet(tab);
  const own = ["Own one", "Own two", "Own three"];
  for (const name of own) {
    await create(tab, name);
  }
  await deleteAndTakeBack(tab, own);
  await findAgain(tab);
  await tab.check("evening");
  await tab.go(`/admin/setup?code=${story.setting.setup}`);
  assert.equal(await tab.page.locator("[name=password]").count(), 0, "the link works once");
}
