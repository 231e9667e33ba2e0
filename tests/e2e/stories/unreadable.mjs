// Filters that can't be read, on every list: no rows, a sentence, and a link that takes just that filter away.
import assert from "node:assert/strict";

const LISTS = [
  ["leads", "/admin/leads", "status=abc&owner=me"],
  ["leads-two", "/admin/leads", "state=STUCK&created_from=2026-02-30&sort=name"],
  ["board", "/admin/leads/board", "owner=mara%40example.com"],
  ["stuck", "/admin/leads/stuck", "currency=XYZ"],
  ["statuses", "/admin/leads/statuses", "archived=maybe"],
];

const FOR_ADMINS = [
  ["log", "/admin/audit", "from=soon&person=x"],
  ["users", "/admin/users", "role=boss"],
  ["tokens", "/admin/api/api_management", "state=some"],
];

/** Follows the first link until every filter can be read. */
async function takeAway(tab) {
  const { page } = tab;
  for (let left = await page.locator(".unreadable .button").count(); left > 0; left -= 1) {
    assert.equal(await page.locator(".unreadable .button").count(), left);
    await page.locator(".unreadable .button").first().click();
    await page.waitForLoadState();
  }
  assert.equal(await page.locator(".unreadable").count(), 0);
}

async function look(tab, lists) {
  for (const [name, path, query] of lists) {
    await tab.go(`${path}?${query}`);
    assert.equal(await tab.page.locator("tbody tr, .board-card").count(), 0, `${path} has rows`);
    await tab.check(name);
    await takeAway(tab);
  }
}

/** What was typed stays in the address while someone searches on. */
async function searchOn(tab) {
  const { page } = tab;
  await tab.go("/admin/leads?status=abc");
  await page.fill("#q", "a");
  await page.waitForURL(/status=abc.*q=a|q=a.*status=abc/);
  assert.equal(await page.locator(".unreadable").count(), 1);
  assert.equal(await page.locator("#export").count(), 0, "no file of what can't be read");
}

async function longOne(tab) {
  await tab.go(`/admin/leads?status=${"9".repeat(600)}`);
  await tab.check("long");
}

export default async function (story) {
  const tab = await story.openTab({ as: "alice" });
  await look(tab, [...LISTS, ...FOR_ADMINS]);
  await searchOn(tab);
  await longOne(tab);
  for (const wishes of [{ width: 390, lang: "ro", theme: "dark" }, { width: 320, js: false }]) {
    const other = await story.openTab({ as: "alice", ...wishes });
    await look(other, LISTS.slice(1, 3));
    await longOne(other);
  }
}
