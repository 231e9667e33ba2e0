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

const names = (visit) => visit.texts("tbody .lead-link");

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

async function unusualHeadings(visit) {
  await visit.go(LIST);
  await visit.page.click(`.empty a[href="${IMPORT}"]`);
  await visit.check("file");
  await send(visit, "customers.csv", BROKEN);
  assert.match(await visit.page.title(), /^Error:/);
  assert.match(await visit.text(".error-summary"), /No column names the leads/);
  await visit.check("unknown-columns");
  await visit.page.click(".error-summary a");
  assert.equal(await visit.focused(), "map-0");
  await assign(visit, COLUMNS);
  await visit.page.fill("#f-currency", "EUX");
  await lookAgain(visit);
  await visit.check("unknown-currency");
  await visit.page.fill("#f-currency", "");
  await lookAgain(visit);
}

async function mistakesByLine(visit) {
  const { page } = visit;
  const rows = (await visit.texts(".plan tbody tr")).join("\n");
  assert.match(rows, /^3 E-mail /m);
  assert.match(rows, /^3 Value /m);
  assert.match(rows, /^4 .*Line 2 has the same external reference/m);
  assert.equal(await page.locator("[name=confirm]").count(), 0);
  await visit.check("mistakes");
  await page.locator(".error-summary a").last().click();
  assert.equal(await visit.focused(), "line-4");
}

async function mendedFile(visit) {
  const { page } = visit;
  await visit.press("Choose another file");
  await send(visit, "customers.csv", MENDED);
  // An equal header: its columns are already assigned.
  assert.deepEqual(await visit.texts(".kpi-value"), ["3", "0", "0"]);
  assert.match(await visit.text(), /Moses Frase/);
  assert.match(await visit.text(), /Not imported: Remarks/);
  assert.equal(await page.inputValue("#map-1"), "name");
  await visit.check("preview");
  await confirm(visit);
  assert.deepEqual((await names(visit)).sort(), ["Ana Pop", "Ion Rusu", "Ștefan Țepeș"]);
  assert.match(await visit.text("#banners"), /“customers\.csv” imported\. New leads: 3/);
  await visit.check("leads");
}

async function history(visit) {
  const { page } = visit;
  await visit.go(IMPORT);
  await send(visit, "visits.csv", VISITS, "visits");
  assert.deepEqual(await visit.texts(".kpi-value"), ["1", "0"]);
  await visit.check("visits");
  await confirm(visit);
  await page.locator("tbody .lead-link", { hasText: "Ana Pop" }).click();
  await page.waitForURL(/leads\/\d+/);
  assert.equal(await page.locator(".visits > li").count(), 3);
  assert.match(await visit.text(".visits"), /They wrote back/);
  await visit.check("history");
}

async function withoutJavaScript(cast) {
  const visit = await cast.visit({ as: "alice", js: false });
  const { page } = visit;
  await visit.go(LIST);
  await page.click(".page-head [popovertarget]");
  await page.click(`.menu a[href="${IMPORT}"]`);
  await send(visit, "more.csv", "Who it is;Stage\nMaria Dan;Limbo\n");
  await assign(visit, { name: "Who it is", status: "Stage" });
  await lookAgain(visit);
  assert.match(await visit.text("#plan-statuses"), /1 status doesn’t exist yet/);
  await visit.check("new-status");
  await confirm(visit);
  assert.ok((await names(visit)).includes("Maria Dan"));
  assert.equal((await cast.api("GET", "lead_statuses?q=limbo")).length, 1);
}

async function onAPhoneInRomanian(cast) {
  const visit = await cast.visit({ as: "mara", lang: "ro", theme: "dark", width: 390, touch: true });
  const { page } = visit;
  await visit.go(IMPORT);
  await visit.check("file");
  await send(visit, "nothing.csv", "");
  assert.match(await page.title(), /^Eroare:/);
  await visit.check("empty-file");
  await send(visit, "clienti.csv", BROKEN);
  await assign(visit, COLUMNS);
  await lookAgain(visit);
  await visit.check("mistakes");
  await page.click(`.plan-foot a[href="${IMPORT}"]`);
  await send(visit, "clienti.csv", MENDED.replace("900", "901"));
  assert.deepEqual(await visit.texts(".kpi-value"), ["0", "1", "2"]);
  await visit.check("preview");
  await confirm(visit);
  await visit.check("leads");
}

export default async function (cast) {
  const visit = await cast.visit({ as: "mara" });
  await unusualHeadings(visit);
  await mistakesByLine(visit);
  await mendedFile(visit);
  await history(visit);
  await withoutJavaScript(cast);
  await onAPhoneInRomanian(cast);
}
