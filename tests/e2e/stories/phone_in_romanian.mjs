// A phone in Romanian and in the dark: the menu opens over the page, rows stack, a status is made with a thumb.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function openSidebar(tab) {
  await tab.page.click("[popovertarget=sidebar]:visible");
  await tab.page.locator("#sidebar").waitFor({ state: "visible" });
}

/** Language and theme are the profile's, whatever the browser says. */
async function prefer(tab) {
  const { page } = tab;
  await openSidebar(tab);
  await page.click("[popovertarget=user-menu]");
  await page.click("#user-menu a[href='/admin/profile']");
  await page.locator("[name=lang], [name=language]").first().waitFor({ state: "attached" });
  const language = page.locator("[name=lang][value=ro], [name=language][value=ro]");
  if (await language.count()) {
    await language.check();
  } else {
    await page.locator("select[name=lang], select[name=language]").selectOption("ro");
  }
  await page.check("[name=theme][value=dark]");
  await page.click("form[action='/admin/profile'] button.primary");
  await page.locator("#banners .banner").waitFor();
  const html = page.locator("html");
  assert.equal(await html.getAttribute("lang"), "ro");
  assert.equal(await html.getAttribute("data-theme"), "dark");
}

async function rowsStack(tab) {
  const { page } = tab;
  await openSidebar(tab);
  await page.click(`#sidebar a[href='${LIST}']`);
  await page.locator("#list").waitFor();
  assert.ok(!(await page.locator("#sidebar").isVisible()), "the menu closes with the page");
  assert.equal(await tab.text("h1"), "Statusuri Lead-uri");
  const row = tab.row("Contacted");
  const [badge, leads] = [await row.locator(".badge").first().boundingBox(), await row.locator("td[data-unit]").first().boundingBox()];
  assert.ok(leads.y >= badge.y + badge.height - 1, "the second line is below the first");
  await tab.check("list");
}

async function create(tab) {
  const { page } = tab;
  await page.click("[data-create]");
  await page.fill("[name=name]", "Ofertă trimisă");
  await page.check("[name=kind][value=open]");
  await page.fill("[name=limit_days]", "0");
  await page.click("form[data-guard] button.primary");
  await page.locator(".error-summary").waitFor();
  assert.match(await page.title(), /^Eroare:/);
  assert.equal(await page.inputValue("[name=name]"), "Ofertă trimisă", "what was typed is kept");
  await tab.check("refused");
  await page.fill("[name=limit_days]", "9");
  await page.click("form[data-guard] button.primary");
  await page.locator("#banners .banner").waitFor();
  await tab.go(`${LIST}?q=OFERTA`);
  assert.deepEqual(await tab.names(), ["Ofertă trimisă"], "found without its accents");
}

export default async function (story) {
  const tab = await story.openTab({ as: "alice", width: 390 });
  assert.equal(await tab.page.locator("html").getAttribute("lang"), "en");
  await prefer(tab);
  await rowsStack(tab);
  await create(tab);
}
