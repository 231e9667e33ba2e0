// Leads from ten other CRMs, as their files come: sent, looked at, kept whole, imported.
import assert from "node:assert/strict";

const IMPORT = "/admin/leads/import";
const COUNT = 24;

/** The preview of a file, with all its columns. */
async function preview(tab, file) {
  const { page } = tab;
  await tab.go(IMPORT);
  await page.setInputFiles("#f-file", file.path);
  await page.click("form[enctype] button.primary");
  await page.waitForLoadState("load");
  for (const [name, choice] of file.choices) {
    await page.selectOption(`[name="${name}"]`, choice);
  }
  await tab.press("Keep the other columns as extra fields");
  await page.waitForLoadState("load");
}

async function imported(tab, file) {
  const { page } = tab;
  await preview(tab, file);
  assert.equal(await page.locator(".error-summary").count(), 0, `${file.name}: ${await tab.text()}`);
  assert.deepEqual(await tab.texts(".kpi-value"), [`${COUNT}`, "0", "0"], file.name);
  assert.match(await tab.text("#plan-statuses"), /1 status doesn’t exist yet/, file.name);
  assert.ok((await tab.text()).includes(file.status), file.name);
  await tab.check(`preview-${file.system}`);
  await page.click("[name=confirm]");
  await page.waitForURL(/\/admin\/leads$/);
  assert.match(await tab.text("#banners"), new RegExp(`New leads: ${COUNT}`), file.name);
}

/** One lead of the file as its page shows it. */
async function shown(tab, file, number) {
  const found = await tab.story.api("GET", `leads?q=lead${number}%40example.com&sort=-created_at`);
  const lead = found.at(-1);
  await tab.go(`/admin/leads/${lead.id}`);
  const text = await tab.text();
  for (const part of [lead.name, lead.company, lead.phone, lead.extra.city]) {
    assert.ok(part && text.includes(part), `${file.name}: ${part} in ${text}`);
  }
  await tab.check(`lead-${file.system}`);
}

export default async function (story) {
  const tab = await story.openTab({ as: "alice" });
  for (const file of story.setting.files) {
    await imported(tab, file);
    await shown(tab, file, "03");
    // Each file has the same people: they go before the next one comes.
    for (const lead of await story.api("GET", "leads")) {
      await story.api("DELETE", `leads/${lead.id}`);
    }
  }
}
