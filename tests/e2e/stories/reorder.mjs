// The order of the pipeline: by buttons with the keyboard, by a position, by the grip; said aloud, and kept.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function openMenu(tab, name) {
  await tab.row(name).locator(".row-menu a").focus();
  await tab.page.keyboard.press("Enter");
  await tab.row(name).locator(".menu").waitFor({ state: "visible" });
}

/** The control of a row's menu. */
function control(tab, name, selector) {
  return tab.row(name).locator(`form[data-move] ${selector}`);
}

async function byKeyboard(tab) {
  const { page } = tab;
  await openMenu(tab, "Proposal");
  for (const expected of [["New", "Contacted", "Proposal"], ["New", "Proposal", "Contacted"]]) {
    await control(tab, "Proposal", "[value=up]").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((names) => [...document.querySelectorAll("tbody .badge-name")].slice(0, 3).map((one) => one.textContent).join() === names.join(), expected);
    const up = control(tab, "Proposal", "[value=up]");
    await page.waitForFunction((button) => button === document.activeElement, await up.elementHandle());
  }
  assert.match(await tab.text("#announcer"), /Proposal.*2.*6/);
}

async function byPosition(tab) {
  const { page } = tab;
  await control(tab, "Proposal", "[name=position]").fill("4");
  await control(tab, "Proposal", "[value=position]").click();
  await page.waitForFunction(() => document.querySelectorAll("tbody .badge-name")[3].textContent === "Proposal");
  assert.deepEqual(await tab.names(), ["New", "Contacted", "Qualified", "Proposal", "Won", "Lost"]);
}

/** The search follows what is typed on the list that came, too. */
async function searchAfterwards(tab) {
  const { page } = tab;
  await page.focus("#q");
  await page.keyboard.type("pro", { delay: 30 });
  await page.waitForURL(/q=pro/);
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  assert.deepEqual(await tab.names(), ["Proposal"]);
  assert.equal(await tab.focused(), "q");
}

async function byGrip(tab) {
  const { page } = tab;
  await tab.go(LIST);
  const [from, to] = [tab.row("Lost").locator("[data-grip]"), tab.row("New").locator("[data-grip]")];
  await page.locator("[data-armed=yes]").waitFor();
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  await page.mouse.move(start.x + 6, start.y + 6);
  await page.mouse.down();
  // A hand is slower than a machine: the rows make way a frame after each step.
  const frame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const top = end.y - 6;
  for (let y = start.y; y > top; y -= 11) {
    await page.mouse.move(start.x + 6, Math.max(y, top));
    await frame();
  }
  for (const rest of [2, 4, 2, 4]) {
    await page.mouse.move(start.x + 6, top + rest);
    await frame();
  }
  await page.mouse.up();
  await page.locator("#banners .banner", { hasText: "Lost" }).waitFor();
  await tab.go(LIST);
  assert.deepEqual((await tab.names())[0], "Lost");
  await tab.check("after-drag");
}

async function offeredOnlyInOrder(tab) {
  for (const query of ["?sort=name", "?q=new", "?kind=open"]) {
    await tab.go(`${LIST}${query}`);
    assert.equal(await tab.page.locator("[data-grip]").count(), 0, query);
  }
}

/** Someone else moved first: the move is refused, the list that comes is the current one, and from it one may move. */
async function overtaken(tab, story) {
  await tab.go(LIST);
  const before = await story.api("GET", "lead_statuses");
  const ids = before.map((status) => status.id);
  const theirs = [...ids].reverse();
  await story.api("PUT", "lead_statuses/order", { ids: theirs, expect: ids });
  await openMenu(tab, "Contacted");
  await control(tab, "Contacted", "[value=top]").click();
  await tab.page.waitForSelector("#banners [role=alert]");
  const kept = await story.api("GET", "lead_statuses");
  assert.deepEqual(kept.map((status) => status.id), theirs);
  const shown = await tab.page.locator("tbody .badge-name").allTextContents();
  assert.deepEqual(shown, kept.map((status) => status.name));
  await control(tab, "Contacted", "[value=top]").click();
  await tab.page.waitForFunction(() => document.querySelector("tbody .badge-name").textContent === "Contacted");
}

export default async function (story) {
  const tab = await story.openTab({ as: "alice" });
  await byKeyboard(tab);
  await byPosition(tab);
  await searchAfterwards(tab);
  await byGrip(tab);
  await offeredOnlyInOrder(tab);
  await overtaken(tab, story);
}
