// The daily work: a manager goes through ten stuck leads without the mouse, a rep takes a call on a phone in six taps,
// and without JavaScript one lead follows another too.
import assert from "node:assert/strict";

const STUCK = "/admin/leads/stuck";
const heading = (tab) => tab.text("#panel h1");

async function withoutTheMouse(story) {
  const tab = await story.openTab({ as: "mara" });
  const { page } = tab;
  assert.match(page.url(), /stuck$/, "a manager lands on the stuck list");
  await tab.check("list");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.locator("#panel h1").waitFor();
  const first = await heading(tab);
  await tab.check("panel", { source: false });
  // j and k go on and back, beside the list.
  await page.keyboard.press("j");
  await page.waitForFunction((name) => document.querySelector("#panel h1").textContent !== name, first);
  await page.keyboard.press("k");
  await page.waitForFunction((name) => document.querySelector("#panel h1").textContent === name, first);
  // Its row is marked.
  await page.locator("tbody tr.selected", { hasText: first }).waitFor();
  for (let done = 0; done < 10; done += 1) {
    const name = await heading(tab);
    await page.keyboard.press("m");
    await page.locator("#f-status:focus").waitFor();
    await page.keyboard.press("L");
    assert.equal(await tab.text("#f-status option:checked"), "Lost");
    await page.locator(".composer .primary").focus();
    await page.keyboard.press("Enter");
    await page.locator("#banners .ok", { hasText: `${name} moved to Lost` }).waitFor();
    await page.waitForFunction((before) => document.querySelector("#panel h1")?.textContent !== before, name);
    await page.waitForFunction((left) => document.querySelector("#tabs .tab span")?.textContent === String(left), 12 - done);
    // The keyboard is with the next one.
    await page.locator("#panel h1:focus").waitFor();
  }
  // The menu counts along.
  await page.locator(".nav-count.danger", { hasText: /^3$/ }).waitFor();
  await page.keyboard.press("n");
  await page.keyboard.type("Half a thought");
  for (const key of ["Escape", "k"]) {
    if (key === "k") await page.locator("#panel h1").evaluate((heading) => heading.focus());
    await page.keyboard.press(key);
    await page.locator("#discard[open] button:focus", { hasText: "Keep editing" }).waitFor();
    if (key === "k") await tab.check("discard", { source: false });
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue("#f-note"), "Half a thought", "nothing typed is lost");
  }
  await page.keyboard.press("k");
  await page.locator("#discard button", { hasText: "Discard" }).click();
  await page.waitForFunction(() => document.querySelector("#f-note").value === "");
  await inTheDialogs(tab);
  await page.keyboard.press("n");
  await page.keyboard.type("Half a thought");
  await closeBeforeTheListIsBack(page);
}

/** What a dialog asks about the lead of the panel is answered in the panel. */
async function inTheDialogs(tab) {
  const { page, story } = tab;
  const name = await heading(tab);
  const [lead] = await story.api("GET", `leads/search/${encodeURIComponent(name)}`);
  const later = new Date(Date.parse(lead.status_since) + 86_400_000).toISOString();
  await story.api("POST", `leads/${lead.id}/status`, { status: await story.idOf("Contacted"), entered_at: later });
  await page.keyboard.press("Escape");
  await page.locator("tbody .board-name", { hasText: name }).click();
  await page.locator("#panel .void button").first().click();
  await page.locator("dialog[open] [name=confirm]").click();
  await page.locator("#banners .ok", { hasText: "Move undone" }).waitFor();
  await page.locator("dialog").and(page.locator("[open]")).waitFor({ state: "detached" });
  assert.equal(await heading(tab), name, "the panel stays");
  assert.match(await tab.text("#panel .page-title"), /Qualified/);
  assert.match(page.url(), new RegExp(`${STUCK}$`));
  await page.locator("#panel [popovertarget=lead-menu]").click();
  await page.locator("#lead-menu .danger-text").click();
  await page.locator("dialog[open] [name=confirm]").click();
  await page.locator("#banners .ok", { hasText: name }).waitFor();
  await page.waitForFunction((before) => document.querySelector("#panel h1")?.textContent !== before, name);
  await page.locator("#panel h1:focus").waitFor();
}

/** A note is saved and the panel closed before the list has come again: the keyboard stays in the list. */
async function closeBeforeTheListIsBack(page) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(`**${STUCK}`, async (route) => {
    await released;
    await route.continue();
  });
  await page.keyboard.press("Control+s");
  await page.locator("#banners .ok", { hasText: "note" }).waitFor();
  await page.locator("#panel h1:focus").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#panel").waitFor({ state: "detached" });
  const link = page.locator(".stuck-list a:focus", { hasText: "Stuck" });
  await link.waitFor();
  await page.evaluate(() => (document.querySelector(".stuck-list").dataset.before = ""));
  release();
  await page.locator(".stuck-list:not([data-before])").waitFor();
  await link.waitFor();
}

/** True if an element lies within the window. */
const inSight = (target) =>
  target.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

async function sixTaps(story) {
  const tab = await story.openTab({ as: "radu", width: 390, touch: true });
  const { page } = tab;
  assert.match(page.url(), /mine$/, "a rep lands on the own leads");
  await tab.check("own-leads");
  let taps = 0;
  const tap = async (target) => {
    taps += 1;
    await target.tap();
  };
  await page.goto("/admin/leads");
  await tap(page.locator("#q"));
  await page.fill("#q", "Stuck 12");
  await page.waitForFunction(() => document.querySelectorAll("tbody .lead-link").length === 1);
  await tap(page.locator("tbody .lead-link", { hasText: "Stuck 12" }));
  await page.waitForURL(/leads\/\d+/);
  assert.ok(await page.locator(".person a[href^='tel:']").isVisible(), "the phone is at the top");
  await tab.check("lead");
  await tap(page.locator("#f-note"));
  await page.fill("#f-note", "Called back");
  assert.ok(await inSight(page.locator(".composer .primary")), "the button is there without scrolling");
  await tap(page.locator(".composer .primary"));
  await page.locator(".visits", { hasText: "Called back" }).waitFor();
  assert.ok(taps <= 6, `${taps} taps`);
}

async function withoutJavaScript(story) {
  const tab = await story.openTab({ as: "mara", js: false });
  const { page } = tab;
  await tab.go(STUCK);
  await page.locator("tbody .board-name").first().click();
  const name = await tab.text("h1");
  await tab.check("page");
  await page.fill("#f-note", "Seen");
  await page.click(".composer [formaction]");
  // The next lead follows.
  await page.locator("h1", { hasNotText: name }).waitFor();
  await page.click(".page-actions [rel=prev]");
  await page.locator("h1", { hasText: name }).waitFor();
  assert.match(await tab.text(".visits"), /Seen/);
}

export default async function (story) {
  await sixTaps(story);
  await withoutTheMouse(story);
  await withoutJavaScript(story);
}
