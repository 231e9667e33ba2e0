// The order of the pipeline: by buttons with the keyboard, by a position, by the grip; said aloud, and kept.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function openMenu(visit, name) {
  await visit.row(name).locator(".row-menu a").focus();
  await visit.page.keyboard.press("Enter");
  await visit.row(name).locator(".menu").waitFor({ state: "visible" });
}

/** The control of a row's menu. */
function control(visit, name, selector) {
  return visit.row(name).locator(`form[data-move] ${selector}`);
}

async function byKeyboard(visit) {
  const { page } = visit;
  await openMenu(visit, "Proposal");
  for (const expected of [["New", "Contacted", "Proposal"], ["New", "Proposal", "Contacted"]]) {
    await control(visit, "Proposal", "[value=up]").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((names) => [...document.querySelectorAll("tbody .badge-name")].slice(0, 3).map((one) => one.textContent).join() === names.join(), expected);
    const up = control(visit, "Proposal", "[value=up]");
    await page.waitForFunction((button) => button === document.activeElement, await up.elementHandle());
  }
  assert.match(await visit.text("#announcer"), /Proposal.*2.*6/);
}

async function byPosition(visit) {
  const { page } = visit;
  await control(visit, "Proposal", "[name=position]").fill("4");
  await control(visit, "Proposal", "[value=position]").click();
  await page.waitForFunction(() => document.querySelectorAll("tbody .badge-name")[3].textContent === "Proposal");
  assert.deepEqual(await visit.names(), ["New", "Contacted", "Qualified", "Proposal", "Won", "Lost"]);
}

/** The search follows what is typed on the list that came, too. */
async function searchAfterwards(visit) {
  const { page } = visit;
  await page.focus("#q");
  await page.keyboard.type("pro", { delay: 30 });
  await page.waitForURL(/q=pro/);
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  assert.deepEqual(await visit.names(), ["Proposal"]);
  assert.equal(await visit.focused(), "q");
}

async function byGrip(visit) {
  const { page } = visit;
  await visit.go(LIST);
  const [from, to] = [visit.row("Lost").locator("[data-grip]"), visit.row("New").locator("[data-grip]")];
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
  await visit.go(LIST);
  assert.deepEqual((await visit.names())[0], "Lost");
  await visit.check("after-drag");
}

async function offeredOnlyInOrder(visit) {
  for (const query of ["?sort=name", "?q=new", "?kind=open"]) {
    await visit.go(`${LIST}${query}`);
    assert.equal(await visit.page.locator("[data-grip]").count(), 0, query);
  }
}

/** Someone else moved first: the move is refused, the list that comes is the current one, and from it one may move. */
async function overtaken(visit, cast) {
  await visit.go(LIST);
  const before = await cast.api("GET", "lead_statuses");
  const ids = before.map((status) => status.id);
  const theirs = [...ids].reverse();
  await cast.api("PUT", "lead_statuses/order", { ids: theirs, expect: ids });
  await openMenu(visit, "Contacted");
  await control(visit, "Contacted", "[value=top]").click();
  await visit.page.waitForSelector("#banners [role=alert]");
  const kept = await cast.api("GET", "lead_statuses");
  assert.deepEqual(kept.map((status) => status.id), theirs);
  const shown = await visit.page.locator("tbody .badge-name").allTextContents();
  assert.deepEqual(shown, kept.map((status) => status.name));
  await control(visit, "Contacted", "[value=top]").click();
  await visit.page.waitForFunction(() => document.querySelector("tbody .badge-name").textContent === "Contacted");
}

export default async function (cast) {
  const visit = await cast.visit({ as: "alice" });
  await byKeyboard(visit);
  await byPosition(visit);
  await searchAfterwards(visit);
  await byGrip(visit);
  await offeredOnlyInOrder(visit);
  await overtaken(visit, cast);
}
