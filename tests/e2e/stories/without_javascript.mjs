// Without JavaScript every flow works: find, create, order, tick and delete, take back, leave.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function create(tab) {
  const { page } = tab;
  await tab.go(`${LIST}/new`);
  await page.fill("[name=name]", "");
  await page.click("main form button.primary");
  assert.match(await page.title(), /^Error:/);
  await page.fill("[name=name]", "Demo booked");
  await page.check("[name=kind][value=open]");
  await page.fill("[name=limit_days]", "12");
  await page.click("main form button.primary");
  await tab.check("created");
  await tab.go(LIST);
  assert.ok((await tab.names()).includes("Demo booked"));
}

async function search(tab) {
  const { page } = tab;
  await page.fill("#q", "DEMO");
  await page.click("form[role=search] button");
  assert.deepEqual(await tab.names(), ["Demo booked"]);
  assert.match(page.url(), /q=DEMO/);
}

async function order(tab) {
  await tab.go(LIST);
  // The page of the status has what the menu of the row offers otherwise.
  await tab.row("Demo booked").locator(".row-menu a").click();
  await tab.check("status");
  await tab.page.click("[popovertarget=status-menu]");
  await tab.page.click("#status-menu [value=top]");
  assert.match(await tab.text("#banners"), /Demo booked/);
  await tab.go(LIST);
  assert.equal((await tab.names())[0], "Demo booked");
}

async function deleteTwo(tab) {
  const { page } = tab;
  for (const name of ["Contacted", "Demo booked"]) {
    await tab.row(name).locator(".check [name=ids]").check();
  }
  await page.click('#bulk [value="delete"]');
  await tab.check("preview");
  assert.match(await tab.text("h1"), /2/);
  await page.click("[name=confirm]");
  await tab.check("deleted");
  assert.ok(!(await tab.names()).includes("Contacted"));
  await page.click("#banners form[action$='/undo'] button");
  assert.ok((await tab.names()).includes("Contacted"));
}

async function archiveOne(tab) {
  const { page } = tab;
  await tab.row("Proposal").locator(".row-menu a").click();
  await page.click("[popovertarget=status-menu]");
  await page.click("#status-menu form[action$='/archive'] button");
  await tab.go(LIST);
  assert.ok(!(await tab.names()).includes("Proposal"));
}

async function filter(tab) {
  const { page } = tab;
  await tab.go(LIST);
  await page.click("[popovertarget=filter]");
  await page.selectOption("#filter-archived", "1");
  await page.click("#filter button");
  assert.deepEqual(await tab.names(), ["Proposal"]);
}

/** Two quick clicks send a form twice: it is done once, and the answer is that of the first. */
async function twice(tab) {
  const { page } = tab;
  await tab.go("/admin/leads/new");
  await page.fill("[name=name]", "Once only");
  await page.locator("main form button.primary").dblclick();
  await page.waitForURL(/leads\/\d+$/);
  assert.match(await tab.text("#banners"), /Once only/);
  await tab.go("/admin/leads");
  assert.deepEqual(await tab.texts("tbody .lead-link"), ["Once only"]);
}

export default async function (story) {
  for (const look of [{ lang: "en", width: 1280 }, { lang: "ro", width: 320 }]) {
    const tab = await story.openTab({ ...look, js: false, as: look.lang === "en" ? "alice" : "radu" });
    await tab.check("list");
    if (look.lang === "en") {
      await create(tab);
      await search(tab);
      await order(tab);
      await deleteTwo(tab);
      await archiveOne(tab);
      await filter(tab);
      await twice(tab);
    }
    if (look.width < 960) {
      await tab.page.click("[popovertarget=sidebar]:visible");
    }
    await tab.page.click("[popovertarget=user-menu]");
    await tab.page.click("form[action='/admin/logout'] button");
    assert.match(tab.page.url(), /\/admin\/login/);
  }
}
