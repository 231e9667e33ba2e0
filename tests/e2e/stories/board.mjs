// The board: a card is dragged by mouse, by touch, moved by its menu with and without JavaScript; a move that is
// refused or lost goes back to where it was and says why.
import assert from "node:assert/strict";

const BOARD = "/admin/leads/board";

const column = (visit, status) => visit.page.locator(".board-column", { has: visit.page.locator("h2", { hasText: new RegExp(`^${status}$`) }) });

const card = (visit, name) => visit.page.locator(".board-card", { has: visit.page.locator(".board-name", { hasText: new RegExp(`^${name}$`) }) });

/** Waits until a lead's card is in a column. */
async function standsIn(visit, name, status) {
  await column(visit, status).locator(".board-name", { hasText: new RegExp(`^${name}$`) }).waitFor();
}

const frame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** From the middle of one box to a place in another, as slowly as a hand. */
async function path(page, from, to, step) {
  const [start, end] = [{ x: from.x + 40, y: from.y + from.height - 20 }, { x: to.x + 60, y: to.y + 110 }];
  for (let part = 0; part <= 12; part += 1) {
    await step(start.x + ((end.x - start.x) * part) / 12, start.y + ((end.y - start.y) * part) / 12);
    await frame(page);
  }
  await step(end.x + 2, end.y + 2);
  await frame(page);
}

async function drag(visit, name, status) {
  const { page } = visit;
  // Ready before any pointer is near, so that the first drag counts.
  await page.locator("#board[data-armed=yes]").waitFor();
  await frame(page);
  const [from, to] = [await card(visit, name).boundingBox(), await column(visit, status).boundingBox()];
  await page.mouse.move(from.x + 40, from.y + from.height - 20);
  await page.mouse.down();
  await path(page, from, to, (x, y) => page.mouse.move(x, y));
  return () => page.mouse.up();
}

async function byMouse(visit) {
  const { page } = visit;
  await visit.go(BOARD);
  const release = await drag(visit, "Ana Pop", "Contacted");
  assert.match(await column(visit, "Contacted").locator(".board-over").innerText(), /Enter when/);
  await visit.shot("dragging");
  await release();
  await page.locator("#banners .ok", { hasText: "Ana Pop moved to Contacted" }).waitFor();
  await standsIn(visit, "Ana Pop", "Contacted");
  assert.equal(await visit.text("#announcer"), "Ana Pop moved to Contacted");
  assert.equal(await visit.focused(), "Ana Pop", "the keyboard stays with the card");
  assert.deepEqual(await visit.texts(".board-count"), ["2", "1", "0", "25", "0", "0"]);
  await visit.check("after-drag", { source: false });
  await visit.go(BOARD);
  await standsIn(visit, "Ana Pop", "Contacted");
}

async function intoAFoldedOne(visit) {
  const release = await drag(visit, "Ana Pop", "Won");
  await release();
  await visit.page.locator("#banners .ok", { hasText: "Ana Pop moved to Won" }).waitFor();
  assert.equal(await card(visit, "Ana Pop").count(), 0);
  assert.equal(await column(visit, "Won").locator(".board-count").innerText(), "1");
  await column(visit, "Won").locator(".board-facts a").click();
  await standsIn(visit, "Ana Pop", "Won");
}

async function byMenu(visit) {
  const { page } = visit;
  await visit.go(BOARD);
  const button = card(visit, "Ion Rusu").locator("a[data-menu]");
  await button.click();
  await card(visit, "Ion Rusu").locator("a[data-menu][aria-expanded=true]").waitFor();
  const offered = await visit.texts(".menu:popover-open .board-target");
  assert.deepEqual(offered, ["Contacted", "Qualified", "Proposal", "Won", "Lost"], "not the status where it is");
  const meaning = page.locator(".menu:popover-open .board-meaning");
  const proposal = card(visit, "Ion Rusu").locator("[name=status]", { hasText: "Proposal" });
  const place = await proposal.boundingBox();
  await proposal.hover();
  assert.deepEqual(await proposal.boundingBox(), place, "nothing moves away under the pointer");
  assert.match(await meaning.innerText(), /Enter when/);
  assert.ok((await meaning.boundingBox()).y < page.viewportSize().height, "a hover shows it too");
  await page.keyboard.press("Escape");
  await meaning.waitFor({ state: "hidden" });
  await button.click();
  await button.click();
  assert.equal(await page.locator(".menu:popover-open").count(), 0, "a second press closes it");
  await card(visit, "Ion Rusu").locator("a[data-menu][aria-expanded=false]").waitFor();
  await button.focus();
  for (const key of [" ", "Enter"]) {
    await page.keyboard.press(key);
    await page.locator(".menu:popover-open").waitFor();
    assert.equal(await visit.focusedText(), "Contacted", "the keyboard is in the menu");
    if (key === " ") await page.keyboard.press("Escape");
  }
  await page.keyboard.press("ArrowDown");
  assert.match(await visit.text(".menu:popover-open .board-meaning"), /Enter when/);
  await visit.check("menu", { source: false });
  await page.keyboard.press("Enter");
  await page.locator("#banners .ok", { hasText: "Ion Rusu moved to Qualified" }).waitFor();
  await standsIn(visit, "Ion Rusu", "Qualified");
  assert.equal(await visit.focused(), "Ion Rusu");
}

/** A touch: what the screen would tell the browser. */
async function byTouch(cast) {
  const visit = await cast.visit({ as: "mara", width: 900, touch: true });
  const { page } = visit;
  await visit.go(BOARD);
  await page.locator("#board[data-armed=yes]").waitFor();
  const wire = await page.context().newCDPSession(page);
  const touch = (type, x, y) => wire.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const [from, to] = [await card(visit, "Ion Rusu").boundingBox(), await column(visit, "Contacted").boundingBox()];
  await touch("touchStart", from.x + 40, from.y + from.height - 20);
  // The card is taken up after a moment, so that a finger can scroll.
  await page.locator(".sortable-chosen").waitFor();
  await path(page, from, to, (x, y) => touch("touchMove", x, y));
  await touch("touchEnd");
  await page.locator("#banners .ok", { hasText: "Ion Rusu moved to Contacted" }).waitFor();
  await standsIn(visit, "Ion Rusu", "Contacted");
  await visit.check("after-touch", { source: false });
  await visit.openMenu(card(visit, "Ion Rusu"));
  await card(visit, "Ion Rusu").getByLabel("What New means").click();
  await page.locator(".menu:popover-open .board-meaning", { hasText: "Enter when" }).waitFor();
  await visit.check("meaning", { source: false });
}

/** The board fills the window, and each column scrolls by itself under its head. */
async function fills(cast) {
  for (const width of [1280, 768, 390]) {
    const visit = await cast.visit({ as: "mara", width });
    const { page } = visit;
    await visit.go(`${BOARD}?q=crowd`);
    const height = page.viewportSize().height;
    const box = await page.locator("#board").boundingBox();
    assert.ok(box.y + box.height <= height + 1 || height < 700, `the board ends at ${box.y + box.height} of ${height}`);
    assert.ok(height < 700 || box.y + box.height > height - 40, "down to the end");
    const cards = column(visit, "Proposal").locator(".board-cards");
    await cards.evaluate((list) => (list.scrollTop = 400));
    assert.ok((await cards.evaluate((list) => list.scrollTop)) > 100, "the cards scroll");
    const [head, place] = [await column(visit, "Proposal").locator(".board-head").boundingBox(), await column(visit, "Proposal").boundingBox()];
    assert.ok(Math.abs(head.y - place.y) < 16, "the head stays");
    await visit.check(`fills-${width}`);
  }
}

/** At the edge, a card that a finger holds scrolls the board by at most a column in a second. */
async function touchIsSlow(cast) {
  const visit = await cast.visit({ as: "mara", width: 390, touch: true });
  const { page } = visit;
  await visit.go(BOARD);
  await page.locator("#board[data-armed=yes]").waitFor();
  const wire = await page.context().newCDPSession(page);
  const touch = (type, x, y) => wire.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const from = await card(visit, "Ion Rusu").boundingBox();
  await touch("touchStart", from.x + 40, from.y + 10);
  await page.locator(".sortable-chosen").waitFor();
  await path(page, from, { x: 315, y: from.y - 110 }, (x, y) => touch("touchMove", x, y));
  const speed = await page.evaluate(() => {
    const board = document.getElementById("board");
    const [start, began] = [board.scrollLeft, performance.now()];
    return new Promise((done) => setTimeout(() => done((board.scrollLeft - start) / ((performance.now() - began) / 1000)), 700));
  });
  await touch("touchEnd");
  assert.ok(speed > 40 && speed < 290, `${Math.round(speed)} px a second`);
}

async function withoutJavaScript(cast) {
  const visit = await cast.visit({ as: "mara", js: false });
  const { page } = visit;
  await visit.go(`${BOARD}?q=rusu`);
  await visit.check("board");
  await card(visit, "Ion Rusu").getByLabel("Move Ion Rusu").click();
  assert.match(await visit.text("#meanings-chosen"), /Enter when/);
  await page.selectOption("#f-status", { label: "New" });
  await page.click("form[action$='/status'] button");
  assert.match(await visit.text("#banners"), /Ion Rusu moved to New/);
  await page.click(".crumbs a");
  assert.match(page.url(), /q=rusu/);
  await standsIn(visit, "Ion Rusu", "New");
}

/** Someone was quicker: the card goes back, and the board that comes is the one there is now. */
async function lost(visit, other) {
  await visit.go(BOARD);
  await other.go(BOARD);
  await other.openMenu(card(other, "Ion Rusu"));
  await card(other, "Ion Rusu").locator("[name=status]", { hasText: "Qualified" }).click();
  await other.page.locator("#banners .ok").waitFor();
  const release = await drag(visit, "Ion Rusu", "Contacted");
  await release();
  await visit.page.locator("#banners .error", { hasText: "Alice Pop" }).waitFor();
  await standsIn(visit, "Ion Rusu", "Qualified");
  await visit.check("lost", { source: false });
}

/** What is refused, and what never arrives. */
async function refused(cast) {
  const visit = await cast.visit({ as: "radu" });
  const { page } = visit;
  await visit.go(BOARD);
  await page.route("**/move", (route) => route.abort("connectionrefused"));
  let release = await drag(visit, "Radu's own", "Contacted");
  await release();
  await page.locator("#banners .error", { hasText: "can’t be reached" }).waitFor();
  await standsIn(visit, "Radu's own", "New");
  visit.complaints.length = 0;
  // The lead is given to someone else while the board is open: to the server it is as if another's was dragged.
  await page.unroute("**/move");
  const another = (await card(visit, "Ion Rusu").getAttribute("id")).replace("lead-", "");
  await page.route("**/move", (route) => route.continue({ url: route.request().url().replace(/\d+\/move/, `${another}/move`) }));
  release = await drag(visit, "Radu's own", "Contacted");
  await release();
  await page.locator("#banners .error", { hasText: "belongs to someone else" }).waitFor();
  await standsIn(visit, "Radu's own", "New");
  assert.match(await visit.text("#announcer"), /belongs to someone else/);
  assert.equal(await visit.focused(), "Radu's own");
  await visit.check("refused", { source: false });
}

async function more(visit) {
  const { page } = visit;
  await visit.go(`${BOARD}?q=crowd`);
  assert.equal(await column(visit, "Proposal").locator(".board-card").count(), 20);
  await page.locator("[data-more]").click();
  await page.waitForFunction(() => document.querySelectorAll(".board-card").length === 25);
  assert.equal(await page.locator("[data-more]").count(), 0);
  assert.equal(await visit.focused(), "Crowd 20");
}

export default async function (cast) {
  const visit = await cast.visit({ as: "mara", width: 1700 });
  await visit.go(BOARD);
  await visit.check("board");
  const colour = (selector) => visit.page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.notEqual(await colour(".board-card"), await colour(".board-column"), "a card lies on its column");
  await byMouse(visit);
  await intoAFoldedOne(visit);
  await byMenu(visit);
  await byTouch(cast);
  await fills(cast);
  await touchIsSlow(cast);
  await withoutJavaScript(cast);
  await lost(visit, await cast.visit({ as: "alice", width: 1700 }));
  await refused(cast);
  await more(visit);
}
