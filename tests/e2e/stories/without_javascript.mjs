// Without JavaScript every flow works: find, create, order, tick and delete, take back, leave.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function create(visit) {
  const { page } = visit;
  await visit.go(`${LIST}/new`);
  await page.fill("[name=name]", "");
  await page.click("main form button.primary");
  assert.match(await page.title(), /^Error:/);
  await page.fill("[name=name]", "Demo booked");
  await page.check("[name=kind][value=open]");
  await page.fill("[name=limit_days]", "12");
  await page.click("main form button.primary");
  await visit.check("created");
  await visit.go(LIST);
  assert.ok((await visit.names()).includes("Demo booked"));
}

async function search(visit) {
  const { page } = visit;
  await page.fill("#q", "DEMO");
  await page.click("form[role=search] button");
  assert.deepEqual(await visit.names(), ["Demo booked"]);
  assert.match(page.url(), /q=DEMO/);
}

async function order(visit) {
  await visit.go(LIST);
  // The page of the status has what the menu of the row offers otherwise.
  await visit.row("Demo booked").locator(".row-menu a").click();
  await visit.check("status");
  await visit.page.click("[popovertarget=status-menu]");
  await visit.page.click("#status-menu [value=top]");
  assert.match(await visit.text("#banners"), /Demo booked/);
  await visit.go(LIST);
  assert.equal((await visit.names())[0], "Demo booked");
}

async function deleteTwo(visit) {
  const { page } = visit;
  for (const name of ["Contacted", "Demo booked"]) {
    await visit.row(name).locator(".check [name=ids]").check();
  }
  await page.click('#bulk [value="delete"]');
  await visit.check("preview");
  assert.match(await visit.text("h1"), /2/);
  await page.click("[name=confirm]");
  await visit.check("deleted");
  assert.ok(!(await visit.names()).includes("Contacted"));
  await page.click("#banners form[action$='/undo'] button");
  assert.ok((await visit.names()).includes("Contacted"));
}

async function archiveOne(visit) {
  const { page } = visit;
  await visit.row("Proposal").locator(".row-menu a").click();
  await page.click("[popovertarget=status-menu]");
  await page.click("#status-menu form[action$='/archive'] button");
  await visit.go(LIST);
  assert.ok(!(await visit.names()).includes("Proposal"));
}

async function filter(visit) {
  const { page } = visit;
  await visit.go(LIST);
  await page.click("[popovertarget=filter]");
  await page.selectOption("#filter-archived", "1");
  await page.click("#filter button");
  assert.deepEqual(await visit.names(), ["Proposal"]);
}

/** Two quick clicks send a form twice: it is done once, and the answer is that of the first. */
async function twice(visit) {
  const { page } = visit;
  await visit.go("/admin/leads/new");
  await page.fill("[name=name]", "Once only");
  await page.locator("main form button.primary").dblclick();
  await page.waitForURL(/leads\/\d+$/);
  assert.match(await visit.text("#banners"), /Once only/);
  await visit.go("/admin/leads");
  assert.deepEqual(await visit.texts("tbody .lead-link"), ["Once only"]);
}

export default async function (cast) {
  for (const look of [{ lang: "en", width: 1280 }, { lang: "ro", width: 320 }]) {
    const visit = await cast.visit({ ...look, js: false, as: look.lang === "en" ? "alice" : "radu" });
    await visit.check("list");
    if (look.lang === "en") {
      await create(visit);
      await search(visit);
      await order(visit);
      await deleteTwo(visit);
      await archiveOne(visit);
      await filter(visit);
      await twice(visit);
    }
    if (look.width < 960) {
      await visit.page.click("[popovertarget=sidebar]:visible");
    }
    await visit.page.click("[popovertarget=user-menu]");
    await visit.page.click("form[action='/admin/logout'] button");
    assert.match(visit.page.url(), /\/admin\/login/);
  }
}
