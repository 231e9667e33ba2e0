// Leads from a file that was not made for us: its columns assigned by hand, its mistakes mended, its history after it.
import assert from "node:assert/strict";

const LIST = "/admin/leads";
const IMPORT = `${LIST}/import`;
const HEADER = "Ref.;Who;Firm;Mail;Stage;Worth;Handled by;Remarks";
const COLUMNS = { external_ref: "Ref.", name: "Who", company: "Firm", email: "Mail", status: "Stage", value: "Worth", owner: "Handled by" };
const ANA = "K-1;Ana Pop;Acme;ana@example.com;Qualified;1054.50;Radu Stănescu;met at the fair";
const ION = "K-2;Ion Rusu;Dacia Fields SRL;ion@example.com;Contacted;900;Moses Frase;";
const BROKEN = [HEADER, ANA, ION.replace("ion@example.com", "no address").replace("900", "1.054 EUR"), "K-1;Ana Popa;;;;;;"].join("\n");
const MENDED = [HEADER, ANA, ION, "K-3;Ștefan Țepeș;;;;;;"].join("\n");
const VISITS = ["external_ref,status,entered_at,reason", "K-1,New,2026-01-05,", "K-1,Contacted,2026-01-12,They wrote back", "K-1,Qualified,2026-02-02,"].join("\n");

const names = (tab) => tab.texts("tbody .lead-link");

/** Puts a file in the form and sends it. */
async function send({ page }, name, text, what = "leads") {
  await page.check(`[name=what][value=${what}]`);
  await page.setInputFiles("#f-file", { name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.click("form[enctype] button.primary");
  await page.waitForLoadState("load");
}

async function assign({ page }, columns) {
  for (const [field, label] of Object.entries(columns)) {
    await page.getByLabel(label, { exact: true }).selectOption(field);
  }
}

/** Looks again with the columns as they are chosen now. */
async function lookAgain({ page }) {
  await page.click(".plan-foot button:not([name])");
  await page.waitForLoadState("load");
}

async function confirm({ page }) {
  await page.click("[name=confirm]");
  await page.waitForURL(new RegExp(`${LIST}$`));
}

async function unusualHeadings(tab) {
  await tab.go(LIST);
  await tab.page.click(`.empty a[href="${IMPORT}"]`);
  await tab.check("file");
  await send(tab, "customers.csv", BROKEN);
  assert.match(await tab.page.title(), /^Error:/);
  assert.match(await tab.text(".error-summary"), /No column names the leads/);
  await tab.check("unknown-columns");
  await tab.page.click(".error-summary a");
  assert.equal(await tab.focused(), "map-0");
  await assign(tab, COLUMNS);
  await tab.page.fill("#f-currency", "EUX");
  await lookAgain(tab);
  await tab.check("unknown-currency");
  await tab.page.fill("#f-currency", "");
  await lookAgain(tab);
}

async function mistakesByLine(tab) {
  const { page } = tab;
  const rows = (await tab.texts(".plan tbody tr")).join("\n");
  assert.match(rows, /^3 E-mail /m);
  assert.match(rows, /^3 Value /m);
  assert.match(rows, /^4 .*Line 2 has the same external reference/m);
  assert.equal(await page.locator("[name=confirm]").count(), 0);
  await tab.check("mistakes");
  await page.locator(".error-summary a").last().click();
  assert.equal(await tab.focused(), "line-4");
}

async function mendedFile(tab) {
  const { page } = tab;
  await tab.press("Choose another file");
  await send(tab, "customers.csv", MENDED);
  // An equal header: its columns are already assigned.
  assert.deepEqual(await tab.texts(".kpi-value"), ["3", "0", "0"]);
  assert.match(await tab.text(), /Moses Frase/);
  assert.match(await tab.text(), /Not imported: Remarks/);
  assert.equal(await page.inputValue("#map-1"), "name");
  await tab.check("preview");
  await confirm(tab);
  assert.deepEqual((await names(tab)).sort(), ["Ana Pop", "Ion Rusu", "Ștefan Țepeș"]);
  assert.match(await tab.text("#banners"), /“customers\.csv” imported\. New leads: 3/);
  await tab.check("leads");
}

async function history(tab) {
  const { page } = tab;
  await tab.go(IMPORT);
  await send(tab, "visits.csv", VISITS, "visits");
  assert.deepEqual(await tab.texts(".kpi-value"), ["1", "0"]);
  await tab.check("visits");
  await confirm(tab);
  await page.locator("tbody .lead-link", { hasText: "Ana Pop" }).click();
  await page.waitForURL(/leads\/\d+/);
  assert.equal(await page.locator(".visits > li").count(), 3);
  assert.match(await tab.text(".visits"), /They wrote back/);
  await tab.check("history");
}

async function withoutJavaScript(story) {
  const tab = await story.openTab({ as: "alice", js: false });
  const { page } = tab;
  await tab.go(LIST);
  await page.click(".page-head [popovertarget]");
  await page.click(`.menu a[href="${IMPORT}"]`);
  await send(tab, "more.csv", "Who it is;Stage\nMaria Dan;Limbo\n");
  await assign(tab, { name: "Who it is", status: "Stage" });
  await lookAgain(tab);
  assert.match(await tab.text("#plan-statuses"), /1 status doesn’t exist yet/);
  await tab.check("new-status");
  await confirm(tab);
  assert.ok((await names(tab)).includes("Maria Dan"));
  assert.equal((await story.api("GET", "lead_statuses?q=limbo")).length, 1);
}

async function onAPhoneInRomanian(story) {
  const tab = await story.openTab({ as: "mara", lang: "ro", theme: "dark", width: 390, touch: true });
  const { page } = tab;
  await tab.go(IMPORT);
  await tab.check("file");
  await send(tab, "nothing.csv", "");
  assert.match(await page.title(), /^Eroare:/);
  await tab.check("empty-file");
  await send(tab, "clienti.csv", BROKEN);
  await assign(tab, COLUMNS);
  await lookAgain(tab);
  await tab.check("mistakes");
  await page.click(`.plan-foot a[href="${IMPORT}"]`);
  await send(tab, "clienti.csv", MENDED.replace("900", "901"));
  assert.deepEqual(await tab.texts(".kpi-value"), ["0", "1", "2"]);
  await tab.check("preview");
  await confirm(tab);
  await tab.check("leads");
}

export default async function (story) {
  const tab = await story.openTab({ as: "mara" });
  await unusualHeadings(tab);
  await mistakesByLine(tab);
  await mendedFile(tab);
  await history(tab);
  await withoutJavaScript(story);
  await onAPhoneInRomanian(story);
}
