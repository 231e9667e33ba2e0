// The list by keyboard alone: search, walk, tick, open, edit, create, the sheet, save; and nothing of it in fields.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function walkAndOpen(tab) {
  const { page } = tab;
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  assert.match(await tab.focused(), /Contacted/);
  await page.keyboard.press("x");
  assert.ok(await tab.row("Contacted").locator(".check [name=ids]").isChecked());
  await page.keyboard.press("e");
  await page.waitForURL(/\/edit/);
  assert.equal(await page.inputValue("[name=name]"), "Contacted");
}

async function inFields(tab) {
  const { page } = tab;
  await page.focus("[name=name]");
  await page.keyboard.press("End");
  await page.keyboard.type("cj/?");
  assert.equal(await page.inputValue("[name=name]"), "Contactedcj/?");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.fill("[name=name]", "Spoken to");
  await page.keyboard.press("Control+s");
  await page.waitForURL((url) => !url.pathname.endsWith("/edit"));
  assert.match(await tab.text("#banners"), /Spoken to/);
}

/** The menu of a row takes the keyboard when it opens, and gives it back. */
async function rowMenu(tab) {
  const { page } = tab;
  await tab.go(LIST);
  const link = tab.row("Qualified").locator("a[data-menu]");
  assert.equal(await link.getAttribute("role"), "button");
  for (const key of ["ArrowDown", "Enter"]) {
    await link.focus();
    await page.keyboard.press(key);
    await page.locator(".menu:popover-open").waitFor();
    await tab.row("Qualified").locator("a[data-menu][aria-expanded=true]").waitFor();
    assert.equal(await tab.focusedText(), "Edit");
    await page.keyboard.press("ArrowUp");
    assert.equal(await tab.focusedText(), "Delete…");
    await page.keyboard.press("Escape");
    await page.locator(".menu:popover-open").waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement.ariaLabel === "Actions for Qualified");
    await tab.row("Qualified").locator("a[data-menu][aria-expanded=false]").waitFor();
  }
}

/** An action without a question changes the list in its place: the keyboard stays in it, and the menu counts along. */
async function withoutAQuestion(tab) {
  const { page, story } = tab;
  await story.api("POST", "lead_statuses", { name: "Empty", kind: "lost" });
  await tab.go(`${LIST}?archived=all`);
  const before = Number(await tab.text("a[href='/admin/leads/statuses'] .nav-count"));
  for (const verb of ["Archive", "Restore"]) {
    await tab.row("Empty").locator("a[data-menu]").focus();
    await page.keyboard.press("Enter");
    await page.locator(".menu:popover-open button", { hasText: verb }).press("Enter");
    await page.locator("#banners .ok", { hasText: `${verb.toLowerCase()}d` }).waitFor();
    await page.waitForFunction(() => document.activeElement.closest("tr")?.textContent.includes("Empty"));
    const after = Number(await tab.text("a[href='/admin/leads/statuses'] .nav-count"));
    assert.equal(after, verb === "Archive" ? before - 1 : before);
  }
}

/** What had the keyboard is gone: it goes back to where it came from, or to the page, never to the body. */
async function neverLost(tab) {
  const { page } = tab;
  await tab.go(LIST);
  await tab.row("Qualified").locator("a[data-menu]").focus();
  await page.keyboard.press("Enter");
  await page.locator(".menu:popover-open button[data-act=delete]").press("Enter");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.ariaLabel === "Actions for Qualified");
  await tab.row("Qualified").locator(".check [name=ids]").check();
  await page.locator("[data-select-clear]").press("Enter");
  await page.waitForFunction(() => document.activeElement.matches("[data-select-all]"));
  await page.locator("#main").evaluate((main) => {
    main.insertAdjacentHTML("beforeend", "<button id=gone>Gone</button>");
    document.getElementById("gone").focus();
    document.getElementById("gone").remove();
  });
  await page.waitForFunction(() => document.activeElement.matches("[data-select-all], #main"));
}

/** Every menu opens by an arrow, is walked by arrows, Home and End, and gives the keyboard back. */
async function menus(tab) {
  const { page } = tab;
  for (const address of [LIST, "/admin/leads", "/admin/leads/stuck"]) {
    await tab.go(address);
    for (const button of await page.locator("main button[popovertarget][aria-haspopup]:visible, .user-button").all()) {
      const name = await button.getAttribute("popovertarget");
      for (const [key, end] of [["ArrowDown", 0], ["ArrowUp", -1], ["Enter", 0]]) {
        await button.focus();
        await page.keyboard.press(key);
        const menu = page.locator(`#${name}:popover-open`);
        await menu.waitFor();
        const items = ".menu-item:not(:disabled), .menu-form :is(input:not([type=hidden]), select, button)";
        await page.waitForFunction(([menu, items, end]) => [...document.getElementById(menu).querySelectorAll(items)].at(end) === document.activeElement, [name, items, end]);
        await page.keyboard.press("Escape");
        await menu.waitFor({ state: "detached" });
        await page.waitForFunction((menu) => document.activeElement.getAttribute("popovertarget") === menu, name);
      }
    }
  }
}

/** What can be undone doesn't ask, and its banner offers to. */
async function archived(tab) {
  const { page } = tab;
  await tab.go(LIST);
  await tab.openMenu(tab.row("Proposal"));
  await page.locator(".menu:popover-open .menu-item", { hasText: /^Archive/ }).click();
  await page.locator("#banners .ok form[action$='/undo'] button").click();
  await tab.row("Proposal").waitFor();
}

export default async function (story) {
  const tab = await story.openTab({ as: "alice" });
  const { page } = tab;
  await page.keyboard.press("/");
  assert.equal(await tab.focused(), "q");
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await walkAndOpen(tab);
  await inFields(tab);
  await tab.go(LIST);
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("c");
  assert.match(page.url(), new RegExp(`${LIST}$`), "nothing happens behind a dialog");
  await page.keyboard.press("Escape");
  // A closing dialog gives the keyboard back a moment later.
  await page.waitForFunction(() => document.activeElement.id === "main");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/statuses\/\d+/);
  await tab.go(LIST);
  await page.keyboard.press("c");
  await page.waitForURL(/\/new/);
  await rowMenu(tab);
  await neverLost(tab);
  await menus(tab);
  await archived(tab);
  await withoutAQuestion(tab);
  await switchedOff(story);
}

async function switchedOff(story) {
  const tab = await story.openTab({ as: "mara" });
  await tab.go("/admin/profile");
  await tab.page.uncheck("[name=shortcuts]");
  await tab.page.click("form[action='/admin/profile'] button.primary");
  await tab.page.locator("#banners .banner").waitFor();
  await tab.go(LIST);
  await tab.page.keyboard.press("/");
  assert.notEqual(await tab.focused(), "q");
}
