// The order of the pipeline: by buttons with the keyboard, by a position, by the grip; said aloud, and kept.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function openMenu(visit, name) {
  const button = visit.row(name).locator(".row-menu [popovertarget]");
  const id = await button.getAttribute("popovertarget");
  await button.focus();
  await visit.page.keyboard.press("Enter");
  await visit.page.locator(`#${id}`).waitFor({ state: "visible" });
}

async function byKeyboard(visit, cast) {
  const { page } = visit;
  const id = await cast.idOf("Proposal");
  await openMenu(visit, "Proposal");
  for (const expected of [["New", "Contacted", "Proposal"], ["New", "Proposal", "Contacted"]]) {
    await page.focus(`#up-${id}`);
    await page.keyboard.press("Enter");
    await page.waitForFunction((names) => [...document.querySelectorAll("tbody .badge-name")].slice(0, 3).map((one) => one.textContent).join() === names.join(), expected);
    assert.equal(await visit.focused(), `up-${id}`, "the keyboard stays at the button");
  }
  assert.match(await visit.text("#announcer"), /Proposal.*2.*6/);
}

async function byPosition(visit, cast) {
  const { page } = visit;
  const id = await cast.idOf("Proposal");
  await page.fill(`#position-${id}`, "4");
  await page.click(`#go-${id}`);
  await page.waitForFunction(() => document.querySelectorAll("tbody .badge-name")[3].textContent === "Proposal");
  assert.deepEqual(await visit.names(), ["New", "Contacted", "Qualified", "Proposal", "Won", "Lost"]);
}

async function byGrip(visit) {
  const { page } = visit;
  await visit.go(LIST);
  const [from, to] = [visit.row("Lost").locator("[data-grip]"), visit.row("New").locator("[data-grip]")];
  await from.hover();
  await page.locator("[data-armed]").waitFor();
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

/** Someone else moved first: nothing is lost, and the list that comes is the current one. */
async function overtaken(visit, cast) {
  await visit.go(LIST);
  const before = await cast.api("GET", "lead_statuses");
  const ids = before.map((status) => status.id);
  await cast.api("PUT", "lead_statuses/order", { ids: [...ids].reverse(), expect: ids });
  await openMenu(visit, "Contacted");
  const id = await cast.idOf("Contacted");
  await visit.page.click(`#top-${id}`);
  await visit.page.waitForFunction(() => document.querySelector("tbody .badge-name").textContent === "Contacted");
  const after = await cast.api("GET", "lead_statuses");
  assert.deepEqual(after.map((status) => status.statusorder), ids.map((_, index) => index + 1));
}

export default async function (cast) {
  const visit = await cast.visit({ as: "alice" });
  await byKeyboard(visit, cast);
  await byPosition(visit, cast);
  await byGrip(visit);
  await offeredOnlyInOrder(visit);
  await overtaken(visit, cast);
}
