// A phone in Romanian and in the dark: the menu opens over the page, rows stack, a status is made with a thumb.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function openSidebar(visit) {
  await visit.page.click("[popovertarget=sidebar]:visible");
  await visit.page.locator("#sidebar").waitFor({ state: "visible" });
}

/** Language and theme are the profile's, whatever the browser says. */
async function prefer(visit) {
  const { page } = visit;
  await openSidebar(visit);
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

async function rowsStack(visit) {
  const { page } = visit;
  await openSidebar(visit);
  await page.click(`#sidebar a[href='${LIST}']`);
  await page.locator("#list").waitFor();
  assert.ok(!(await page.locator("#sidebar").isVisible()), "the menu closes with the page");
  assert.equal(await visit.text("h1"), "Statusuri Lead-uri");
  const row = visit.row("Contacted");
  const [badge, leads] = [await row.locator(".badge").first().boundingBox(), await row.locator("td[data-unit]").first().boundingBox()];
  assert.ok(leads.y >= badge.y + badge.height - 1, "the second line is below the first");
  await visit.check("list");
}

async function create(visit) {
  const { page } = visit;
  await page.click("[data-create]");
  await page.fill("[name=name]", "Ofertă trimisă");
  await page.check("[name=kind][value=open]");
  await page.fill("[name=limit_days]", "0");
  await page.click("form[data-guard] button.primary");
  await page.locator(".error-summary").waitFor();
  assert.match(await page.title(), /^Eroare:/);
  assert.equal(await page.inputValue("[name=name]"), "Ofertă trimisă", "what was typed is kept");
  await visit.check("refused");
  await page.fill("[name=limit_days]", "9");
  await page.click("form[data-guard] button.primary");
  await page.locator("#banners .banner").waitFor();
  await visit.go(`${LIST}?q=OFERTA`);
  assert.deepEqual(await visit.names(), ["Ofertă trimisă"], "found without its accents");
}

export default async function (cast) {
  const visit = await cast.visit({ as: "alice", width: 390 });
  assert.equal(await visit.page.locator("html").getAttribute("lang"), "en");
  await prefer(visit);
  await rowsStack(visit);
  await create(visit);
}
