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
  assert.equal((await visit.names()).at(-1), "Demo booked");
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
  const row = visit.row("Demo booked");
  await row.locator(".row-menu [popovertarget]").click();
  await row.locator("form[data-move] [value=top]").click();
  assert.equal((await visit.names())[0], "Demo booked");
  assert.match(await visit.text("#banners"), /Demo booked/);
}

async function deleteTwo(visit) {
  const { page } = visit;
  for (const name of ["Contacted", "Demo booked"]) {
    await visit.row(name).locator("[data-select-row]").check();
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
  await visit.row("Proposal").locator(".row-menu [popovertarget]").click();
  await visit.row("Proposal").locator("[formaction$='/archive']").click();
  await page.click("[name=confirm]");
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
    }
    if (look.width < 960) {
      await visit.page.click("[popovertarget=sidebar]:visible");
    }
    await visit.page.click("[popovertarget=user-menu]");
    await visit.page.click("form[action='/admin/logout'] button");
    assert.match(visit.page.url(), /\/admin\/login/);
  }
}
