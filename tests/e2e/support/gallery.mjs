// Every page in every state: one walk through all of them, in one language, theme and width.

const LIST = "/admin/leads/statuses";

/** Opens the popover of a button and waits until it is there. */
async function menu(visit, id) {
  await visit.page.click(`[popovertarget="${id}"]:visible`);
  await visit.page.locator(`#${id}`).waitFor({ state: "visible" });
}

/** Ticks the statuses of these names. */
async function tick(visit, names) {
  for (const name of names) {
    await visit.page.locator("tr", { has: visit.page.locator(".badge-name", { hasText: new RegExp(`^${name}$`) }) }).locator(".check [name=ids]").check();
  }
}

async function bulk(visit, action, names) {
  await tick(visit, names);
  await visit.page.click(`#bulk [value="${action}"]`);
  await visit.page.locator("dialog[open]").waitFor();
}

/** The page of the lead of that name. */
async function lead(cast, name) {
  const [found] = await cast.api("GET", `leads/search/${encodeURIComponent(name)}`);
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
  ["list-selected", LIST, (visit) => tick(visit, ["New", "Qualified"])],
  ["list-row-menu", LIST, async (visit) => {
    await visit.openMenu(visit.page.locator("tbody tr").nth(2));
  }],
  ["list-filter-menu", LIST, (visit) => menu(visit, "filter")],
  ["list-export-menu", LIST, (visit) => menu(visit, "export")],
  ["list-columns-menu", LIST, (visit) => menu(visit, "columns")],
  ["list-shortcuts", LIST, async ({ page }) => {
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
  }],
  ["list-user-menu", LIST, async (visit) => {
    if (visit.look.width < 960) await menu(visit, "sidebar");
    await menu(visit, "user-menu");
  }],
  ["delete-dialog", LIST, (visit) => bulk(visit, "delete", ["Contacted", "Proposal"])],
  ["delete-refused-dialog", LIST, (visit) => bulk(visit, "delete", ["New", "Won", "Lost"])],
  ["archive-dialog", LIST, (visit) => bulk(visit, "archive", ["Contacted"])],
  ["edit-dialog", LIST, (visit) => bulk(visit, "edit", ["Contacted", "Proposal"])],
  ["new", `${LIST}/new`],
  ["new-wrong", `${LIST}/new`, async ({ page }) => {
    await page.fill("[name=target_days]", "9");
    await page.fill("[name=limit_days]", "3");
    await page.fill("[name=name]", "");
    await page.click("form[data-guard] button.primary");
    await page.locator(".error-summary").waitFor();
  }],
  ["show", async (cast) => `${LIST}/${await cast.idOf("Qualified")}`],
  ["show-archived", async (cast) => `${LIST}/${await cast.idOf("Parked")}`],
  ["edit", async (cast) => `${LIST}/${await cast.idOf("Qualified")}/edit`],
  ["conflict", async (cast) => `${LIST}/${await cast.idOf("Qualified")}/edit`, async ({ page, cast }) => {
    const id = await cast.idOf("Qualified");
    await cast.api("PUT", `lead_statuses/${id}`, { definition: `Theirs ${Date.now()}` });
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
  ["board-opened", async (cast) => `/admin/leads/board?owner=none&open=${await cast.idOf("Won")}`],
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
  ["lead", (cast) => lead(cast, "Maria Stuck")],
  ["lead-of-the-list", async (cast) => `${await lead(cast, "Vasile Stuck")}?back=%2Fadmin%2Fleads%2Fstuck`],
  ["lead-menu", (cast) => lead(cast, "Andrei Aside"), (visit) => menu(visit, "lead-menu")],
  ["lead-api", (cast) => lead(cast, "Maria Stuck"), async (visit) => {
    await menu(visit, "lead-menu");
    await menu(visit, "api");
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
  ["rep-lead", (cast) => lead(cast, "Maria Stuck")],
  ["rep-forbidden", `${LIST}/new`],
];

async function walk(cast, visit, states) {
  for (const [name, path, act] of states) {
    await visit.go(typeof path === "string" ? path : await path(cast));
    await act?.(visit);
    // The browser applies theme and width, so the HTML of one look of each language is validated.
    await visit.note(name, { source: visit.look.theme === "light" });
  }
}

/** Every state in this look; all faults are reported together at the end. */
export async function gallery(cast, look) {
  if (!(await cast.idOf("Parked").catch(() => 0))) {
    await cast.api("POST", "lead_statuses", { name: "Parked", color: "#74809a", kind: "paused" });
    await cast.api("PUT", `lead_statuses/${await cast.idOf("Parked")}`, { archived: true });
    await cast.api("POST", "lead_statuses", { name: LONG, color: "#123456", kind: "junk", definition: "<b>مرحبا</b> & 🚀", limit_days: 3650 });
  }
  await walk(cast, await cast.visit(look), STRANGER);
  await walk(cast, await cast.visit({ ...look, as: "alice" }), ADMIN);
  await walk(cast, await cast.visit({ ...look, as: "radu" }), REP);
}
