// Unsaved changes are guarded, and only those; a form is sent once; the preview follows what is typed.
import assert from "node:assert/strict";

const LIST = "/admin/leads/statuses";

/** Whether leaving the page asks first; the answer is to stay. */
async function asks(page) {
  let asked = false;
  const hear = async (dialog) => {
    asked = dialog.type() === "beforeunload";
    await dialog.dismiss();
  };
  page.on("dialog", hear);
  // What is asked is asked before the click is over; else the page is left, or is the same.
  await Promise.all([page.click(".crumbs a"), page.waitForEvent("dialog", { timeout: 2000 }).catch(() => {})]);
  page.off("dialog", hear);
  return asked;
}

export default async function (story) {
  const tab = await story.openTab({ as: "alice" });
  const { page } = tab;
  await tab.go(`${LIST}/new`);
  await page.locator("[name=name]").pressSequentially("Tri");
  assert.match(await tab.text("[data-preview]"), /Tri/, "the badge follows");
  assert.ok(await asks(page), "unsaved");
  assert.match(page.url(), /new$/);
  await page.fill("[name=name]", "");
  assert.ok(!(await asks(page)), "as it was");
  await tab.go(`${LIST}/new`);
  await page.fill("[name=name]", "Once only");
  await page.check("[name=kind][value=open]");
  await page.locator("form[data-guard] button.primary").dblclick();
  await page.locator("#banners .banner").waitFor();
  const all = await story.api("GET", "lead_statuses");
  assert.equal(all.filter((status) => status.name === "Once only").length, 1);
  await tab.go(`${LIST}/new`);
  await page.fill("[name=name]", "First of two");
  await page.check("[name=kind][value=open]");
  await page.click("[name=another]");
  await page.locator("#banners .banner").waitFor();
  assert.match(page.url(), /new/);
  assert.equal(await page.inputValue("[name=name]"), "");
}
