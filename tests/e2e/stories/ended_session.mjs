// A session that has ended while someone worked: what a script sends leads to the sign-in with a sentence, and what was
// typed is back afterwards.
import assert from "node:assert/strict";

const IDLE = 12 * 3600 + 1;

/** Signs in on the page that says that the session has ended. */
async function signInAgain(visit, sentence) {
  const { page } = visit;
  await page.waitForURL(/login/);
  assert.match(await visit.text("#banners"), sentence);
  const { email, password } = visit.cast.setting.people.mara;
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", password);
  await page.click("form[action^='/admin/login'] button");
  await page.waitForURL((url) => !url.pathname.endsWith("login"));
}

async function onTheBoard(visit) {
  const { page, cast } = visit;
  await visit.go("/admin/leads/board?q=stuck+03");
  await cast.advance(IDLE);
  await visit.openMenu(page.locator(".board-card"));
  await page.locator(".menu:popover-open .board-target", { hasText: "Proposal" }).click();
  await signInAgain(visit, /Your session ended/);
  assert.match(page.url(), /board\?q=stuck\+03$/);
  assert.match(await visit.text("#banners"), /Your session ended, so nothing was changed/);
  assert.match(await visit.text(".board-column:has(.board-card) h2"), /Qualified/);
}

async function inThePanel(visit) {
  const { page, cast } = visit;
  await visit.go("/admin/leads/stuck");
  await page.locator("tbody .board-name").first().click();
  await page.locator("#panel #f-note").fill("Wants two");
  await cast.advance(IDLE);
  await page.locator("#panel [formaction]").click();
  await signInAgain(visit, /Your session ended, so nothing is saved yet/);
  assert.match(await visit.text("#banners"), /not saved yet/);
  assert.equal(await page.inputValue("#f-note"), "Wants two");
}

async function inADialog(visit) {
  const { page, cast } = visit;
  await visit.go("/admin/leads/stuck");
  await visit.openMenu(page.locator("tbody tr").first());
  await page.locator(".menu:popover-open [value=note]").click();
  await page.locator("dialog textarea").fill("For later");
  await cast.advance(IDLE);
  await page.locator("dialog [name=confirm]").click();
  await signInAgain(visit, /Your session ended, so nothing is saved yet/);
  assert.equal(await page.inputValue("[name=note]"), "For later");
}

export default async function (cast) {
  const visit = await cast.visit({ as: "mara" });
  await onTheBoard(visit);
  await inThePanel(visit);
  await inADialog(visit);
}
