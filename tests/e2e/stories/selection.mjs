// Ticking rows: three states, a range with Shift, all that match; deleting three by checkboxes, and taking it back.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function tick(visit, name, options) {
  await visit.row(name).locator(".check [name=ids]").click(options);
}

async function states(visit) {
  const { page } = visit;
  const head = page.locator("[data-select-all]");
  const state = () => head.evaluate((box) => (box.indeterminate ? "some" : box.checked ? "all" : "none"));
  assert.equal(await state(), "none");
  assert.ok(!(await page.locator("#bulk").isVisible()), "no bar without a selection");
  await tick(visit, "Contacted");
  assert.equal(await state(), "some");
  await tick(visit, "Won", { modifiers: ["Shift"] });
  assert.equal(await page.locator(".check [name=ids]:checked").count(), 4);
  assert.match(await visit.text("[data-bulk-count]"), /^4 /);
  await head.click();
  assert.equal(await state(), "all");
  await page.click("[data-select-clear]");
  assert.equal(await state(), "none");
  assert.ok(!(await page.locator("#bulk").isVisible()));
}

async function deleteThree(visit) {
  const { page } = visit;
  for (const name of ["Contacted", "Qualified", "Proposal"]) {
    await tick(visit, name);
  }
  await page.click('#bulk [value="delete"]');
  await page.locator("dialog[open]").waitFor();
  assert.match(await visit.text("dialog[open] h1"), /3/);
  assert.equal(await visit.text("dialog[open] [name=confirm]"), "Delete 3 statuses");
  await page.keyboard.press("Escape");
  assert.equal((await visit.names()).length, 6, "Escape does nothing");
  await page.click('#bulk [value="delete"]');
  await page.click("dialog[open] [name=confirm]");
  await page.locator("#banners .banner.ok").waitFor();
  assert.deepEqual(await visit.names(), ["New", "Won", "Lost"]);
  await page.click("#banners summary");
  assert.deepEqual((await visit.texts("#banners .outcome li")).length, 3, "an outcome for each row");
  await visit.check("deleted");
}

async function takeBack(visit) {
  const { page } = visit;
  await page.click("#banners form[action$='/undo'] button");
  await page.locator("#banners .banner.ok").waitFor();
  assert.deepEqual((await visit.names()).sort(), ["Contacted", "Lost", "New", "Proposal", "Qualified", "Won"]);
  await visit.check("undone");
}

async function allThatMatch(visit, cast) {
  for (let number = 1; number <= 30; number += 1) {
    await cast.api("POST", "lead_statuses", { name: `Extra ${number}`, color: "#2a80e2", kind: "paused" });
  }
  await visit.go(`${LIST}?q=extra`);
  assert.equal((await visit.names()).length, 20);
  await visit.page.locator("[data-select-all]").click();
  await visit.page.locator("[data-select-scope]").check();
  assert.match(await visit.text("[data-bulk-count]"), /^30 /);
  await cast.api("POST", "lead_statuses", { name: "Extra 31", color: "#2a80e2", kind: "paused" });
  await visit.page.click('#bulk [value="archive"]');
  await visit.page.locator("dialog[open]").waitFor();
  assert.match(await visit.text("dialog[open]"), /31/, "the preview counts again");
  await visit.page.click("dialog[open] [name=confirm]");
  await visit.page.locator("#banners .banner.ok").waitFor();
  const archived = await cast.api("GET", "lead_statuses?archived=1");
  assert.equal(archived.length, 31);
}

/** What a replacement would take over is shown as soon as it is chosen, and the keyboard stays there. */
async function replaced(visit, cast) {
  const { page } = visit;
  const all = await cast.api("GET", "lead_statuses");
  const { id } = all.find((status) => status.name === "Proposal");
  await cast.api("POST", "leads", { name: "Ana", status: id });
  await visit.go(LIST);
  await visit.row("Proposal").locator(".check [name=ids]").check();
  await page.click('#bulk [value="delete"]');
  await page.locator("dialog[open]").waitFor();
  assert.equal(await page.locator("dialog[open] [name=confirm]").count(), 0);
  await page.locator("dialog[open] [name=replace_with]").focus();
  await page.selectOption("dialog[open] [name=replace_with]", { label: "Qualified" });
  await page.locator("dialog[open] [name=confirm]").waitFor();
  assert.equal(await visit.focused(), "f-replace_with");
  await visit.check("replaced", { source: false });
}

export default async function (cast) {
  const visit = await cast.visit({ as: "alice" });
  await states(visit);
  await deleteThree(visit);
  await takeBack(visit);
  await allThatMatch(visit, cast);
  await replaced(visit, cast);
}
