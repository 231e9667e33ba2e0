// Rules for entering a status: a drop that asks, a bulk move that goes on without some, and the dictionary on paper;
// with and without JavaScript.
import assert from "node:assert/strict";

const BOARD = "/admin/leads/board";

const column = (tab, status) => tab.page.locator(".board-column", { has: tab.page.locator("h2", { hasText: new RegExp(`^${status}$`) }) });

const card = (tab, name) => tab.page.locator(".board-card", { has: tab.page.locator(".board-name", { hasText: new RegExp(`^${name}$`) }) });

const frame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function drop(tab, name, status) {
  const { page } = tab;
  await page.locator("#board[data-armed=yes]").waitFor();
  await frame(page);
  const [from, to] = [await card(tab, name).boundingBox(), await column(tab, status).boundingBox()];
  const [start, end] = [{ x: from.x + 40, y: from.y + from.height - 20 }, { x: to.x + 60, y: to.y + 110 }];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  for (let part = 1; part <= 12; part += 1) {
    await page.mouse.move(start.x + ((end.x - start.x) * part) / 12, start.y + ((end.y - start.y) * part) / 12);
    await frame(page);
  }
  await page.mouse.move(end.x + 2, end.y + 2);
  await frame(page);
  await page.mouse.up();
}

/** Answers what the status asks, within a dialog or on a page. */
async function answer(tab, asked, company) {
  await asked.locator("input[name='fields[company]']").waitFor();
  // Only what is missing is asked for.
  assert.equal(await asked.locator("input[name='fields[email]']").count(), 0);
  assert.equal(await asked.locator("input[name=confirmed]").count(), 1);
  await asked.locator("input[name='fields[company]']").fill(company);
  await asked.locator("input[name=confirmed]").check();
  await asked.locator(".dialog-foot button.primary").click();
}

async function dropThatAsks(tab) {
  const { page } = tab;
  await tab.go(BOARD);
  await drop(tab, "Ana Pop", "Qualified");
  const dialog = page.locator("dialog[open]");
  await dialog.waitFor();
  await tab.check("asked", { source: false });
  await answer(tab, dialog, "Pop SRL");
  await column(tab, "Qualified").locator(".board-name", { hasText: "Ana Pop" }).waitFor();
}

async function moveThatAsks(tab) {
  const { page } = tab;
  await tab.go(BOARD);
  await card(tab, "Eva Marin").getByLabel("Move Eva Marin").click();
  await page.selectOption("#f-status", { label: "Qualified" });
  await page.click("form[action$='/status'] button");
  await tab.check("asked-plainly");
  await answer(tab, page.locator("[data-dialog-body]"), "Marin SRL");
  await tab.go("/admin/leads?q=Eva");
  assert.match(await tab.text("tbody"), /Qualified/);
}

/** Moves the leads whose names begin with a word; one of them lacks what is asked. */
async function bulk(tab, word) {
  const { page } = tab;
  await tab.go(`/admin/leads?q=${word}`);
  for (const box of await page.locator("tbody input[type=checkbox]").all()) await box.check();
  await page.click('#bulk [value="move"]');
  await page.locator("#preview select[name=status]").waitFor();
  await page.selectOption("#preview select[name=status]", { label: "Qualified" });
  const refused = page.locator("li.refused");
  await page.locator("#preview .dialog-foot button[data-dialog]").click();
  await page.locator("#preview input[name=confirmed]").check();
  await page.locator("#preview .dialog-foot button[data-dialog]").click();
  // Before the confirmation neither passes.
  await refused.nth(1).waitFor({ state: "detached" });
  assert.match(await tab.text("li.refused"), /bare.*Company is known/);
  await page.locator("#without-refused button").click();
  await refused.first().waitFor({ state: "detached" });
  await page.locator("#preview button[name=confirm]").click();
  await page.locator("#banners .ok", { hasText: `${word} full` }).waitFor();
  await tab.go(`/admin/leads?q=${word}`);
  assert.match(await tab.text("tbody tr:has-text('full')"), /Qualified/);
  assert.match(await tab.text("tbody tr:has-text('bare')"), /New/);
}

async function onPaper(tab) {
  await tab.go("/admin/leads/statuses/dictionary");
  await tab.check("dictionary");
  await tab.page.emulateMedia({ media: "print" });
  await tab.shot("paper");
  const seen = await tab.page.locator("main").innerText();
  for (const text of ["Company is known", "We spoke", "Lost"]) assert.ok(seen.includes(text), text);
  for (const part of [".sidebar", ".definition footer", ".gaps"]) {
    assert.equal(await tab.page.locator(part).first().isVisible(), false, part);
  }
  const paper = await tab.page.pdf({ format: "A4" });
  assert.ok(paper.length > 10_000);
  await tab.page.emulateMedia({ media: "screen" });
}

export default async function (story) {
  const mara = await story.openTab({ as: "mara" });
  await dropThatAsks(mara);
  await bulk(mara, "Scripted");
  await onPaper(mara);
  const plain = await story.openTab({ as: "mara", js: false });
  await moveThatAsks(plain);
  await bulk(plain, "Plain");
  await onPaper(await story.openTab({ as: "radu", width: 390 }));
}
