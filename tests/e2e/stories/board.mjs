// The board: a card is dragged by mouse, by touch, moved by its menu with and without JavaScript; a move that is
// refused or lost goes back to where it was and says why.
import assert from "node:assert/strict";

const BOARD = "/admin/leads/board";

const column = (tab, status) => tab.page.locator(".board-column", { has: tab.page.locator("h2", { hasText: new RegExp(`^${status}$`) }) });

const card = (tab, name) => tab.page.locator(".board-card", { has: tab.page.locator(".board-name", { hasText: new RegExp(`^${name}$`) }) });

/** Waits until a lead's card is in a column. */
async function standsIn(tab, name, status) {
  await column(tab, status).locator(".board-name", { hasText: new RegExp(`^${name}$`) }).waitFor();
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

async function drag(tab, name, status) {
  const { page } = tab;
  // Ready before any pointer is near, so that the first drag counts.
  await page.locator("#board[data-armed=yes]").waitFor();
  await frame(page);
  const [from, to] = [await card(tab, name).boundingBox(), await column(tab, status).boundingBox()];
  await page.mouse.move(from.x + 40, from.y + from.height - 20);
  await page.mouse.down();
  await path(page, from, to, (x, y) => page.mouse.move(x, y));
  return () => page.mouse.up();
}

async function byMouse(tab) {
  const { page } = tab;
  await tab.go(BOARD);
  const release = await drag(tab, "Ana Pop", "Contacted");
  assert.match(await column(tab, "Contacted").locator(".board-over").innerText(), /Enter when/);
  await tab.shot("dragging");
  await release();
  await page.locator("#banners .ok", { hasText: "Ana Pop moved to Contacted" }).waitFor();
  await standsIn(tab, "Ana Pop", "Contacted");
  assert.equal(await tab.text("#announcer"), "Ana Pop moved to Contacted");
  assert.equal(await tab.focused(), "Ana Pop", "the keyboard stays with the card");
  assert.deepEqual(await tab.texts(".board-count"), ["2", "1", "0", "25", "0", "0"]);
  await tab.check("after-drag", { source: false });
  await tab.go(BOARD);
  await standsIn(tab, "Ana Pop", "Contacted");
}

async function intoAFoldedOne(tab) {
  const release = await drag(tab, "Ana Pop", "Won");
  await release();
  await tab.page.locator("#banners .ok", { hasText: "Ana Pop moved to Won" }).waitFor();
  assert.equal(await card(tab, "Ana Pop").count(), 0);
  assert.equal(await column(tab, "Won").locator(".board-count").innerText(), "1");
  await column(tab, "Won").locator(".board-facts a").click();
  await standsIn(tab, "Ana Pop", "Won");
}

async function byMenu(tab) {
  const { page } = tab;
  await tab.go(BOARD);
  const button = card(tab, "Ion Rusu").locator("a[data-menu]");
  await button.click();
  await card(tab, "Ion Rusu").locator("a[data-menu][aria-expanded=true]").waitFor();
  const offered = await tab.texts(".menu:popover-open .board-target");
  assert.deepEqual(offered, ["Contacted", "Qualified", "Proposal", "Won", "Lost"], "not the status where it is");
  const meaning = page.locator(".menu:popover-open .board-meaning");
  const proposal = card(tab, "Ion Rusu").locator("[name=status]", { hasText: "Proposal" });
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
  await card(tab, "Ion Rusu").locator("a[data-menu][aria-expanded=false]").waitFor();
  await button.focus();
  for (const key of [" ", "Enter"]) {
    await page.keyboard.press(key);
    await page.locator(".menu:popover-open").waitFor();
    assert.equal(await tab.focusedText(), "Contacted", "the keyboard is in the menu");
    if (key === " ") await page.keyboard.press("Escape");
  }
  await page.keyboard.press("ArrowDown");
  assert.match(await tab.text(".menu:popover-open .board-meaning"), /Enter when/);
  await tab.check("menu", { source: false });
  await page.keyboard.press("Enter");
  await page.locator("#banners .ok", { hasText: "Ion Rusu moved to Qualified" }).waitFor();
  await standsIn(tab, "Ion Rusu", "Qualified");
  assert.equal(await tab.focused(), "Ion Rusu");
}

/** A touch: what the screen would tell the browser. */
async function byTouch(story) {
  const tab = await story.openTab({ as: "mara", width: 900, touch: true });
  const { page } = tab;
  await tab.go(BOARD);
  await page.locator("#board[data-armed=yes]").waitFor();
  const wire = await page.context().newCDPSession(page);
  const touch = (type, x, y) => wire.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const [from, to] = [await card(tab, "Ion Rusu").boundingBox(), await column(tab, "Contacted").boundingBox()];
  await touch("touchStart", from.x + 40, from.y + from.height - 20);
  // The card is taken up after a moment, so that a finger can scroll.
  await page.locator(".sortable-chosen").waitFor();
  await path(page, from, to, (x, y) => touch("touchMove", x, y));
  await touch("touchEnd");
  await page.locator("#banners .ok", { hasText: "Ion Rusu moved to Contacted" }).waitFor();
  await standsIn(tab, "Ion Rusu", "Contacted");
  await tab.check("after-touch", { source: false });
  await tab.openMenu(card(tab, "Ion Rusu"));
  await card(tab, "Ion Rusu").getByLabel("What New means").click();
  await page.locator(".menu:popover-open .board-meaning", { hasText: "Enter when" }).waitFor();
  await tab.check("meaning", { source: false });
}

/** The board fills the window, and each column scrolls by itself under its head. */
async function fills(story) {
  for (const width of [1280, 768, 390]) {
    const tab = await story.openTab({ as: "mara", width });
    const { page } = tab;
    await tab.go(`${BOARD}?q=crowd`);
    const height = page.viewportSize().height;
    const box = await page.locator("#board").boundingBox();
    assert.ok(box.y + box.height <= height + 1 || height < 700, `the board ends at ${box.y + box.height} of ${height}`);
    assert.ok(height < 700 || box.y + box.height > height - 40, "down to the end");
    const cards = column(tab, "Proposal").locator(".board-cards");
    await cards.evaluate((list) => (list.scrollTop = 400));
    assert.ok((await cards.evaluate((list) => list.scrollTop)) > 100, "the cards scroll");
    const [head, place] = [await column(tab, "Proposal").locator(".board-head").boundingBox(), await column(tab, "Proposal").boundingBox()];
    assert.ok(Math.abs(head.y - place.y) < 16, "the head stays");
    await tab.check(`fills-${width}`);
  }
}

/** At the edge, a card that a finger holds scrolls the board by at most a column in a second. */
async function touchIsSlow(story) {
  const tab = await story.openTab({ as: "mara", width: 390, touch: true });
  const { page } = tab;
  await tab.go(BOARD);
  await page.locator("#board[data-armed=yes]").waitFor();
  const wire = await page.context().newCDPSession(page);
  const touch = (type, x, y) => wire.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const from = await card(tab, "Ion Rusu").boundingBox();
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

async function withoutJavaScript(story) {
  const tab = await story.openTab({ as: "mara", js: false });
  const { page } = tab;
  await tab.go(`${BOARD}?q=rusu`);
  await tab.check("board");
  await card(tab, "Ion Rusu").getByLabel("Move Ion Rusu").click();
  assert.match(await tab.text("#meanings-chosen"), /Enter when/);
  await page.selectOption("#f-status", { label: "New" });
  await page.click("form[action$='/status'] button");
  assert.match(await tab.text("#banners"), /Ion Rusu moved to New/);
  await page.click(".crumbs a");
  assert.match(page.url(), /q=rusu/);
  await standsIn(tab, "Ion Rusu", "New");
}

/** Someone was quicker: the card goes back, and the board that comes is the one there is now. */
async function lost(tab, other) {
  await tab.go(BOARD);
  await other.go(BOARD);
  await other.openMenu(card(other, "Ion Rusu"));
  await card(other, "Ion Rusu").locator("[name=status]", { hasText: "Qualified" }).click();
  await other.page.locator("#banners .ok").waitFor();
  const release = await drag(tab, "Ion Rusu", "Contacted");
  await release();
  await tab.page.locator("#banners .error", { hasText: "Alice Pop" }).waitFor();
  await standsIn(tab, "Ion Rusu", "Qualified");
  await tab.check("lost", { source: false });
}

/** What is refused, and what never arrives. */
async function refused(story) {
  const tab = await story.openTab({ as: "radu" });
  const { page } = tab;
  await tab.go(BOARD);
  await page.route("**/move", (route) => route.abort("connectionrefused"));
  let release = await drag(tab, "Radu's own", "Contacted");
  await release();
  await page.locator("#banners .error", { hasText: "can’t be reached" }).waitFor();
  await standsIn(tab, "Radu's own", "New");
  tab.complaints.length = 0;
  // The lead is given to someone else while the board is open: to the server it is as if another's was dragged.
  await page.unroute("**/move");
  const another = (await card(tab, "Ion Rusu").getAttribute("id")).replace("lead-", "");
  await page.route("**/move", (route) => route.continue({ url: route.request().url().replace(/\d+\/move/, `${another}/move`) }));
  release = await drag(tab, "Radu's own", "Contacted");
  await release();
  await page.locator("#banners .error", { hasText: "belongs to someone else" }).waitFor();
  await standsIn(tab, "Radu's own", "New");
  assert.match(await tab.text("#announcer"), /belongs to someone else/);
  assert.equal(await tab.focused(), "Radu's own");
  await tab.check("refused", { source: false });
}

async function more(tab) {
  const { page } = tab;
  await tab.go(`${BOARD}?q=crowd`);
  assert.equal(await column(tab, "Proposal").locator(".board-card").count(), 20);
  await page.locator("[data-more]").click();
  await page.waitForFunction(() => document.querySelectorAll(".board-card").length === 25);
  assert.equal(await page.locator("[data-more]").count(), 0);
  assert.equal(await tab.focused(), "Crowd 20");
}

export default async function (story) {
  const tab = await story.openTab({ as: "mara", width: 1700 });
  await tab.go(BOARD);
  await tab.check("board");
  const colour = (selector) => tab.page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.notEqual(await colour(".board-card"), await colour(".board-column"), "a card lies on its column");
  await byMouse(tab);
  await intoAFoldedOne(tab);
  await byMenu(tab);
  await byTouch(story);
  await fills(story);
  await touchIsSlow(story);
  await withoutJavaScript(story);
  await lost(tab, await story.openTab({ as: "alice", width: 1700 }));
  await refused(story);
  await more(tab);
}
