// Leads from ten other CRMs, as their files come: sent, looked at, kept whole, imported.
import assert from "node:assert/strict";

const IMPORT = "/admin/leads/import";
const COUNT = 24;

/** The preview of a file, with all its columns. */
async function preview(visit, file) {
  const { page } = visit;
  await visit.go(IMPORT);
  await page.setInputFiles("#f-file", file.path);
  await page.click("form[enctype] button.primary");
  await page.waitForLoadState("load");
  for (const [name, choice] of file.choices) {
    await page.selectOption(`[name="${name}"]`, choice);
  }
  await visit.press("Keep the other columns as extra fields");
  await page.waitForLoadState("load");
}

async function imported(visit, file) {
  const { page } = visit;
  await preview(visit, file);
  assert.equal(await page.locator(".error-summary").count(), 0, `${file.name}: ${await visit.text()}`);
  assert.deepEqual(await visit.texts(".kpi-value"), [`${COUNT}`, "0", "0"], file.name);
  assert.match(await visit.text("#plan-statuses"), /1 status doesn’t exist yet/, file.name);
  assert.ok((await visit.text()).includes(file.status), file.name);
  await visit.check(`preview-${file.system}`);
  await page.click("[name=confirm]");
  await page.waitForURL(/\/admin\/leads$/);
  assert.match(await visit.text("#banners"), new RegExp(`New leads: ${COUNT}`), file.name);
}

/** One lead of the file as its page shows it. */
async function shown(visit, file, number) {
  const found = await visit.cast.api("GET", `leads?q=lead${number}%40example.com&sort=-created_at`);
  const lead = found.at(-1);
  await visit.go(`/admin/leads/${lead.id}`);
  const text = await visit.text();
  for (const part of [lead.name, lead.company, lead.phone, lead.extra.city]) {
    assert.ok(part && text.includes(part), `${file.name}: ${part} in ${text}`);
  }
  await visit.check(`lead-${file.system}`);
}

export default async function (cast) {
  const visit = await cast.visit({ as: "alice" });
  for (const file of cast.setting.files) {
    await imported(visit, file);
    await shown(visit, file, "03");
    // Each file has the same people: they go before the next one comes.
    for (const lead of await cast.api("GET", "leads")) {
      await cast.api("DELETE", `leads/${lead.id}`);
    }
  }
}
