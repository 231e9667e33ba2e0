// Ticking rows: three states, a range with Shift, all that match; deleting three by checkboxes, and taking it back.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function tick(tab, name, options) {
  await tab.row(name).locator(".check [name=ids]").click(options);
}

async function states(tab) {
  const { page } = tab;
  const head = page.locator("[data-select-all]");
  const state = () => head.evaluate((box) => (box.indeterminate ? "some" : box.checked ? "all" : "none"));
  assert.equal(await state(), "none");
  assert.ok(!(await page.locator("#bulk").isVisible()), "no bar without a selection");
  await tick(tab, "Contacted");
  assert.equal(await state(), "some");
  await tick(tab, "Won", { modifiers: ["Shift"] });
  assert.equal(await page.locator(".check [name=ids]:checked").count(), 4);
  assert.match(await tab.text("[data-bulk-count]"), /^4 /);
  await head.click();
  assert.equal(await state(), "all");
  await page.click("[data-select-clear]");
  assert.equal(await state(), "none");
  assert.ok(!(await page.locator("#bulk").isVisible()));
}

async function deleteThree(tab) {
  const { page } = tab;
  for (const name of ["Contacted", "Qualified", "Proposal"]) {
    await tick(tab, name);
  }
  await page.click('#bulk [value="delete"]');
  await page.locator("dialog[open]").waitFor();
  assert.match(await tab.text("dialog[open] h1"), /3/);
  assert.equal(await tab.text("dialog[open] [name=confirm]"), "Delete 3 statuses");
  await page.keyboard.press("Escape");
  assert.equal((await tab.names()).length, 6, "Escape does nothing");
  await page.click('#bulk [value="delete"]');
  await page.click("dialog[open] [name=confirm]");
  await page.locator("#banners .banner.ok").waitFor();
  assert.deepEqual(await tab.names(), ["New", "Won", "Lost"]);
  await page.click("#banners summary");
  assert.deepEqual((await tab.texts("#banners .outcome li")).length, 3, "an outcome for each row");
  await tab.check("deleted");
}

async function takeBack(tab) {
  const { page } = tab;
  await page.click("#banners form[action$='/undo'] button");
  await page.locator("#banners .banner.ok").waitFor();
  assert.deepEqual((await tab.names()).sort(), ["Contacted", "Lost", "New", "Proposal", "Qualified", "Won"]);
  await tab.check("undone");
}

async function allThatMatch(tab, story) {
  for (let number = 1; number <= 30; number += 1) {
    await story.api("POST", "lead_statuses", { name: `Extra ${number}`, color: "#2a80e2", kind: "paused" });
  }
  await tab.go(`${LIST}?q=extra`);
  assert.equal((await tab.names()).length, 20);
  await tab.page.locator("[data-select-all]").click();
  await tab.page.locator("[data-select-scope]").check();
  assert.match(await tab.text("[data-bulk-count]"), /^30 /);
  await story.api("POST", "lead_statuses", { name: "Extra 31", color: "#2a80e2", kind: "paused" });
  await tab.page.click('#bulk [value="archive"]');
  await tab.page.locator("dialog[open]").waitFor();
  assert.match(await tab.text("dialog[open]"), /31/, "the preview counts again");
  await tab.page.click("dialog[open] [name=confirm]");
  await tab.page.locator("#banners .banner.ok").waitFor();
  const archived = await story.api("GET", "lead_statuses?archived=1");
  assert.equal(archived.length, 31);
}

/** What a replacement would take over is shown as soon as it is chosen, and the keyboard stays there. */
async function replaced(tab, story) {
  const { page } = tab;
  const all = await story.api("GET", "lead_statuses");
  const { id } = all.find((status) => status.name === "Proposal");
  await story.api("POST", "leads", { name: "Ana", status: id });
  await tab.go(LIST);
  await tab.row("Proposal").locator(".check [name=ids]").check();
  await page.click('#bulk [value="delete"]');
  await page.locator("dialog[open]").waitFor();
  assert.equal(await page.locator("dialog[open] [name=confirm]").count(), 0);
  await page.locator("dialog[open] [name=replace_with]").focus();
  await page.selectOption("dialog[open] [name=replace_with]", { label: "Qualified" });
  await page.locator("dialog[open] [name=confirm]").waitFor();
  assert.equal(await tab.focused(), "f-replace_with");
  await tab.check("replaced", { source: false });
}

export default async function (story) {
  const tab = await story.openTab({ as: "alice" });
  await states(tab);
  await deleteThree(tab);
  await takeBack(tab);
  await allThatMatch(tab, story);
  await replaced(tab, story);
}
