// The list of leads: search, filters, a range with Shift, three that move at once, all that match; by phone; without JavaScript.
import assert from "node:assert/strict";

const LIST = "/admin/leads";

const row = (tab, name) => tab.page.locator("tbody tr").filter({ has: tab.page.locator(".lead-link", { hasText: name }) });

async function tick(tab, name, options) {
  await row(tab, name).locator(".check [name=ids]").click(options);
}

async function look(tab) {
  const { page } = tab;
  await tab.go(LIST);
  await tab.note("leads");
  assert.match(await page.title(), /^\(\d+\) Leads$/);
  await page.click('[popovertarget="filter"]');
  await page.locator("#filter").waitFor({ state: "visible" });
  await tab.note("leads-filter");
  await page.selectOption("#filter-owner", "none");
  await page.click("#filter .primary");
  await page.locator(".chip").waitFor();
  assert.match(page.url(), /\?owner=none$/);
  await page.keyboard.press("/");
  await page.keyboard.type("stefan");
  await page.waitForURL(/q=stefan/);
  assert.equal(await page.locator(".chip").count(), 2);
  await tab.note("leads-found");
  await page.click(".chip-clear");
  await page.waitForURL((url) => url.search === "");
  await tab.openMenu(page.locator("tbody tr").nth(1));
  await tab.note("leads-row-menu");
}

async function moveThree(tab) {
  const { page } = tab;
  await tab.go(`${LIST}?sort=name`);
  const links = page.locator("tbody .lead-link");
  const names = await links.allTextContents();
  await tick(tab, names[0]);
  await tick(tab, names[2], { modifiers: ["Shift"] });
  assert.equal(await tab.text("[data-bulk-count]"), "3 selected");
  await tab.note("leads-selected");
  await page.click('#bulk [value="move"]');
  await page.locator("dialog[open]").waitFor();
  assert.equal(await tab.text("dialog[open] h1"), "Move 3 leads");
  await tab.note("leads-move");
  await page.selectOption("dialog[open] [name=status]", { label: "Lost" });
  await page.click("dialog[open] .dialog-foot button:not([name])");
  await page.locator("dialog[open] .way").first().waitFor();
  assert.match(await tab.text("dialog[open] .meaning"), /^Lost /);
  await tab.note("leads-move-chosen");
  await page.click("dialog[open] [name=confirm]");
  await page.locator("#banners .banner.ok").waitFor();
  assert.match(await tab.text("#banners .banner"), /^3 leads moved to Lost\./);
  await page.click("#banners summary");
  assert.equal(await page.locator("#banners .outcome li").count(), 3);
  await tab.note("leads-moved");
  assert.equal(await row(tab, names[0]).locator(".badge-name").textContent(), "Lost");
}

async function pauseAll(tab) {
  const { page } = tab;
  await tab.go(`${LIST}?state=stuck&per=20`);
  await page.locator("[data-select-all]").click();
  const all = page.locator("[data-select-scope]");
  if (await all.count()) await all.check();
  await page.click('#bulk [value="pause"]');
  await page.locator("dialog[open]").waitFor();
  await tab.note("leads-pause");
  await page.fill("dialog[open] [name=until]", "2035-01-01");
  await page.fill("dialog[open] [name=reason]", "The budget is decided in January");
  await page.click("dialog[open] [name=confirm]");
  await page.locator("#banners .banner.ok").waitFor();
  assert.equal(await page.locator("tbody tr").count(), 0, "none is stuck any more");
  await tab.go(`${LIST}?state=paused`);
  await tab.note("leads-paused");
}

/** The rep sees all leads, and ticks only those that are theirs. */
async function asRep(story) {
  const tab = await story.openTab({ as: "radu", js: false });
  const { page } = tab;
  await tab.go(`${LIST}?sort=name`);
  await tab.note("leads-without-javascript");
  const boxes = await page.locator("tbody .check [name=ids]").all();
  assert.ok(boxes.length > 0 && boxes.length < 20, "only own leads can be ticked");
  for (const box of boxes) await box.check();
  await page.click('#bulk [value="note"]');
  assert.equal(await page.locator(".banner.error").count(), 0, "nothing of others is among them");
  await tab.note("leads-own");
  await page.fill("[name=note]", "Called twice");
  await page.click("[name=confirm]");
  assert.match(await tab.text("#banners .banner"), /^Note added to \d+ leads\./);
  await page.click('.pager [rel="last"]');
  assert.match(await tab.text(".table-foot > .num"), /^47–66 of 66$/);
  await page.click('.pager [rel="prev"]');
  assert.match(await tab.text(".table-foot > .num"), /^27–46 of 66$/);
}

/** A name without a space stays inside of the page, on every page. */
async function unbroken(story) {
  const name = "Nesfarsit".repeat(22);
  const { record_id: id } = await story.api("POST", "leads", { name });
  for (const width of [390, 1440]) {
    const tab = await story.openTab({ as: "mara", width });
    await tab.go(`${LIST}?q=nesfarsit`);
    assert.ok((await tab.page.locator("tbody .lead-link").boundingBox()).height < 50, "two lines of the name at most");
    await tab.check("unbroken-list");
    await tab.go(`${LIST}/${id}`);
    await tab.page.fill("#f-note", "Long");
    await tab.page.click(".composer [formaction]");
    await tab.page.locator("#banners .banner.ok").waitFor();
    await tab.check("unbroken");
  }
}

export default async function (story) {
  const tab = await story.openTab({ as: "mara" });
  await look(tab);
  await moveThree(tab);
  await pauseAll(tab);
  await asRep(story);
  await unbroken(story);
  for (const wishes of [{ width: 390, lang: "ro", theme: "dark" }, { width: 1280, lang: "ro", theme: "dark" }, { width: 320 }]) {
    const other = await story.openTab({ as: "mara", ...wishes });
    await other.go(LIST);
    await other.note("leads");
    await other.openMenu(other.page.locator("tbody tr").first());
    await other.page.click('.menu:popover-open [value="move"]');
    await other.page.locator("dialog[open]").waitFor();
    await other.note("leads-move");
  }
}
