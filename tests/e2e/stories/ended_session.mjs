// A session that has ended while someone worked: what a script sends leads to the sign-in with a sentence, and what was
// typed is back afterwards.
import assert from "node:assert/strict";

const IDLE = 12 * 3600 + 1;

/** Signs in on the page that says that the session has ended. */
async function signInAgain(tab, sentence) {
  const { page } = tab;
  await page.waitForURL(/login/);
  assert.match(await tab.text("#banners"), sentence);
  const { email, password } = tab.story.setting.people.mara;
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", password);
  await page.click("form[action^='/admin/login'] button");
  await page.waitForURL((url) => !url.pathname.endsWith("login"));
}

async function onTheBoard(tab) {
  const { page, story } = tab;
  await tab.go("/admin/leads/board?q=stuck+03");
  await story.advance(IDLE);
  await tab.openMenu(page.locator(".board-card"));
  await page.locator(".menu:popover-open .board-target", { hasText: "Proposal" }).click();
  await signInAgain(tab, /Your session ended/);
  assert.match(page.url(), /board\?q=stuck\+03$/);
  assert.match(await tab.text("#banners"), /Your session ended, so nothing was changed/);
  assert.match(await tab.text(".board-column:has(.board-card) h2"), /Qualified/);
}

async function inThePanel(tab) {
  const { page, story } = tab;
  await tab.go("/admin/leads/stuck");
  await page.locator("tbody .board-name").first().click();
  await page.locator("#panel #f-note").fill("Wants two");
  await story.advance(IDLE);
  await page.locator("#panel [formaction]").click();
  await signInAgain(tab, /Your session ended, so nothing is saved yet/);
  assert.match(await tab.text("#banners"), /not saved yet/);
  assert.equal(await page.inputValue("#f-note"), "Wants two");
}

async function inADialog(tab) {
  const { page, story } = tab;
  await tab.go("/admin/leads/stuck");
  await tab.openMenu(page.locator("tbody tr").first());
  await page.locator(".menu:popover-open [value=note]").click();
  await page.locator("dialog textarea").fill("For later");
  await story.advance(IDLE);
  await page.locator("dialog [name=confirm]").click();
  await signInAgain(tab, /Your session ended, so nothing is saved yet/);
  assert.equal(await page.inputValue("[name=note]"), "For later");
}

export default async function (story) {
  const tab = await story.openTab({ as: "mara" });
  await onTheBoard(tab);
  await inThePanel(tab);
  await inADialog(tab);
}
