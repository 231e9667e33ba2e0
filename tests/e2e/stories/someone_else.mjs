// Two windows, one status: what only one side changed merges, what both changed is asked about, nothing is lost.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

async function both(story, mine, theirs) {
  const id = await story.idOf("Qualified");
  const tab = await story.openTab({ as: "alice" });
  await tab.go(`${LIST}/${id}/edit`);
  await story.api("PUT", `lead_statuses/${id}`, theirs);
  for (const [field, value] of Object.entries(mine)) {
    await tab.page.fill(`[name=${field}]`, value);
  }
  await tab.page.click("form[data-guard] button.primary");
  await tab.page.waitForLoadState();
  return tab;
}

export default async function (story) {
  const merged = await both(story, { definition: "Mine" }, { limit_days: 33 });
  await merged.page.locator("#banners .banner").waitFor();
  const status = (await story.api("GET", "lead_statuses")).find((one) => one.name === "Qualified");
  assert.deepEqual([status.definition, status.limit_days], ["Mine", 33]);
  assert.doesNotMatch(merged.page.url(), /edit/);

  const asked = await both(story, { definition: "Mine again", target_days: "6" }, { definition: "Theirs" });
  await asked.page.locator("main form input[type=radio]").first().waitFor();
  const words = await asked.text("main");
  assert.match(words, /Mine again/);
  assert.match(words, /Theirs/);
  await asked.check("conflict");
  await asked.page.check("[name=choose_definition][value=mine]");
  await asked.page.locator("main form button.primary").click();
  await asked.page.locator("#banners .banner").waitFor();
  await asked.page.waitForLoadState();
  const chosen = (await story.api("GET", "lead_statuses")).find((one) => one.name === "Qualified");
  assert.deepEqual([chosen.definition, chosen.target_days], ["Mine again", 6]);
}
