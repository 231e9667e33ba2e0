// Every page in every state: one walk through all of them, in one language, theme and width.

const LIST = "/admin/leads/statuses";

/** Opens the popover of a button and waits until it is there. */
async function menu(tab, id) {
  await tab.page.click(`[popovertarget="${id}"]:visible`);
  await tab.page.locator(`#${id}`).waitFor({ state: "visible" });
}

/** Ticks the statuses of these names. */
async function tick(tab, names) {
  for (const name of names) {
    await tab.page.locator("tr", { has: tab.page.locator(".badge-name", { hasText: new RegExp(`^${name}$`) }) }).locator(".check [name=ids]").check();
  }
}

async function bulk(tab, action, names) {
  await tick(tab, names);
  await tab.page.click(`#bulk [value="${action}"]`);
  await tab.page.locator("dialog[open]").waitFor();
}

/** The page of the lead of that name. */
async function lead(story, name) {
  const [found] = await story.api("GET", `leads/search/${encodeURIComponent(name)}`);
  return `/admin/leads/${found.id}`;
}

const LONG = "Încă o etapă cu un nume pe cât de lung se poate ok";

/** States of someone who isn't signed in. */
const STRANGER = [
  ["login", "/admin/login"],
  ["login-wrong", "/admin/login", async ({ page }) => {
    await page.fill("[name=email]", "nobody@example.com");
    await page.fill("[name=password]", "not the password");
    await page.click("form [type=submit], form button");
    await page.locator(".error-summary").waitFor();
  }],
  ["setup-closed", "/admin/setup"],
  ["not-found-signed-out", "/admin/nowhere"],
  ["api-docs", "/api/docs"],
];

/** States of an administrator, in an order in which one may follow from the other. */
const ADMIN = [
  ["list", LIST],
  ["list-no-match", `${LIST}?q=nothing+like+this`],
  ["list-archived", `${LIST}?archived=1`],
  ["list-all-sorted", `${LIST}?archived=all&sort=-name&kind=open`],
  ["list-selected", LIST, (tab) => tick(tab, ["New", "Qualified"])],
  ["list-row-menu", LIST, async (tab) => {
    await tab.openMenu(tab.page.locator("tbody tr").nth(2));
  }],
  ["list-filter-menu", LIST, (tab) => menu(tab, "filter")],
  ["list-export-menu", LIST, (tab) => menu(tab, "export")],
  ["list-columns-menu", LIST, (tab) => menu(tab, "columns")],
  ["list-shortcuts", LIST, async ({ page }) => {
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
  }],
  ["list-user-menu", LIST, async (tab) => {
    if (tab.look.width < 960) await menu(tab, "sidebar");
    await menu(tab, "user-menu");
  }],
  ["delete-dialog", LIST, (tab) => bulk(tab, "delete", ["Contacted", "Proposal"])],
  ["delete-refused-dialog", LIST, (tab) => bulk(tab, "delete", ["New", "Won", "Lost"])],
  ["archive-dialog", LIST, (tab) => bulk(tab, "archive", ["Contacted"])],
  ["edit-dialog", LIST, (tab) => bulk(tab, "edit", ["Contacted", "Proposal"])],
  ["new", `${LIST}/new`],
  ["new-wrong", `${LIST}/new`, async ({ page }) => {
    await page.fill("[name=target_days]", "9");
    await page.fill("[name=limit_days]", "3");
    await page.fill("[name=name]", "");
    await page.click("form[data-guard] button.primary");
    await page.locator(".error-summary").waitFor();
  }],
  ["show", async (story) => `${LIST}/${await story.idOf("Qualified")}`],
  ["show-archived", async (story) => `${LIST}/${await story.idOf("Parked")}`],
  ["edit", async (story) => `${LIST}/${await story.idOf("Qualified")}/edit`],
  ["conflict", async (story) => `${LIST}/${await story.idOf("Qualified")}/edit`, async ({ page, story }) => {
    const id = await story.idOf("Qualified");
    await story.api("PUT", `lead_statuses/${id}`, { definition: `Theirs ${Date.now()}` });
    await page.fill("[name=definition]", "Ours");
    await page.click("form[data-guard] button.primary");
    await page.locator("form input[type=radio]").first().waitFor();
  }],
  ["import", `${LIST}/import`],
  ["import-plan", `${LIST}/import`, async ({ page }) => {
    const csv = "slug,name,kind,color,limit_days,nonsense\nqualified,Qualified!,open,#9163d5,12,x\n,Trial,open,#039585,9,y\n,,open,red,0,z\n";
    await page.setInputFiles("input[type=file]", { name: "statuses.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.click("main form button.primary");
    await page.locator(".plan-form").waitFor();
  }],
  ["import-wrong", `${LIST}/import`, async ({ page }) => {
    const csv = "a,b\n1,\"2\n";
    await page.setInputFiles("input[type=file]", { name: "statuses.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.click("main form button.primary");
    await page.locator(".error-summary").waitFor();
  }],
  ["sets", `${LIST}/sets`],
  ["set-plan", `${LIST}/sets`, async ({ page }) => {
    await page.locator("main form button").first().click();
    await page.locator(".plan-form").waitFor();
  }],
  ["profile", "/admin/profile"],
  ["profile-wrong", "/admin/profile", async ({ page }) => {
    await page.fill("[name=current]", "not the password");
    await page.fill("[name=password]", "short");
    await page.click("form[action='/admin/profile/password'] button");
    await page.locator(".error-summary").waitFor();
  }],
  ["users", "/admin/users"],
  ["user-new", "/admin/users/new"],
  ["user-edit", "/admin/users/3/edit"],
  ["tokens", "/admin/api/api_management"],
  ["token-new", "/admin/api/api_management/new"],
  ["token-new-wrong", "/admin/api/api_management/new", async ({ page }) => {
    await page.click("form[data-guard] button.primary");
    await page.locator(".error-summary").waitFor();
  }],
  ["token-revoke", "/admin/api/api_management", async ({ page }) => {
    await page.locator("form[action$='/revoke'] button").first().click();
    await page.locator("dialog[open]").waitFor();
  }],
  ["board", "/admin/leads/board"],
  ["board-opened", async (story) => `/admin/leads/board?owner=none&open=${await story.idOf("Won")}`],
  ["board-menu", "/admin/leads/board", async ({ page }) => {
    await page.locator("[data-card] a[data-menu]").first().click();
    await page.locator(".menu:popover-open .board-target").first().focus();
    await page.locator(".menu:popover-open .board-meaning").waitFor();
  }],
  ["board-meaning", "/admin/leads/board", ({ page }) => page.locator(".board-about summary").first().click()],
  ["board-no-match", "/admin/leads/board?q=nothing+like+this"],
  ["stuck", "/admin/leads/stuck"],
  ["report", "/admin/reports/pipeline?period=12m"],
  ["report-tables", "/admin/reports/pipeline?period=all", ({ page }) => page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)))],
  ["report-unreadable", "/admin/reports/pipeline?from=soon"],
  ["report-periods", "/admin/reports/pipeline?compare=period"],
  ["report-owners", "/admin/reports/pipeline?compare=owners"],
  ["report-day", "/admin/reports/pipeline?compare=day"],
  ["report-visits", "/admin/reports/pipeline/visits?set=entries&status=1&period=all"],
  ["lead", (story) => lead(story, "Maria Stuck")],
  ["lead-of-the-list", async (story) => `${await lead(story, "Vasile Stuck")}?back=%2Fadmin%2Fleads%2Fstuck`],
  ["lead-menu", (story) => lead(story, "Andrei Aside"), (tab) => menu(tab, "lead-menu")],
  ["lead-api", (story) => lead(story, "Maria Stuck"), async (tab) => {
    await menu(tab, "lead-menu");
    await menu(tab, "api");
  }],
  ["stuck-ticked", "/admin/leads/stuck", ({ page }) => page.locator(".check [name=ids]").first().check()],
  ["stuck-none", "/admin/leads/stuck?q=nothing+like+this"],
  ["audit", "/admin/audit"],
  ["not-found", "/admin/nowhere"],
  ["gone", `${LIST}/4711`],
];

/** States of those who may only read. */
const REP = [
  ["rep-list", LIST],
  ["rep-board", "/admin/leads/board"],
  ["rep-stuck", "/admin/leads/stuck"],
  ["rep-own", "/admin/leads/mine"],
  ["rep-lead", (story) => lead(story, "Maria Stuck")],
  ["rep-forbidden", `${LIST}/new`],
];

async function walk(story, tab, states) {
  for (const [name, path, act] of states) {
    await tab.go(typeof path === "string" ? path : await path(story));
    await act?.(tab);
    // The browser applies theme and width, so the HTML of one look of each language is validated.
    await tab.note(name, { source: tab.look.theme === "light" });
  }
}

/** Every state in this look; all faults are reported together at the end. */
export async function gallery(story, look) {
  if (!(await story.idOf("Parked").catch(() => 0))) {
    await story.api("POST", "lead_statuses", { name: "Parked", color: "#74809a", kind: "paused" });
    await story.api("PUT", `lead_statuses/${await story.idOf("Parked")}`, { archived: true });
    await story.api("POST", "lead_statuses", { name: LONG, color: "#123456", kind: "junk", definition: "<b>مرحبا</b> & 🚀", limit_days: 3650 });
  }
  await walk(story, await story.openTab(look), STRANGER);
  await walk(story, await story.openTab({ ...look, as: "alice" }), ADMIN);
  await walk(story, await story.openTab({ ...look, as: "radu" }), REP);
}
