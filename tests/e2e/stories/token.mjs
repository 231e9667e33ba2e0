// A token for another system: shown once, copied, used; and a reference that loads nothing from other hosts.
import assert from "node:assert/strict";

const TOKENS = "/admin/api/api_management";

async function issue(visit) {
  const { page } = visit;
  await visit.go(`${TOKENS}/new`);
  await page.fill("[name=name]", "Website form");
  await page.locator("[name=scopes]").first().check();
  await page.click("form[data-guard] button.primary");
  await page.locator("#secret").waitFor();
  const secret = await page.inputValue("#secret");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.click("[data-copy=secret]");
  await page.waitForFunction(() => document.getElementById("announcer").textContent === document.querySelector("[data-copied]").dataset.copied);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
  await page.click("main a.button.primary");
  await page.waitForURL((url) => url.pathname === TOKENS);
  assert.match(await visit.text(), /Website form/);
  assert.ok(!(await page.content()).includes(secret), "never shown again");
  return secret;
}

async function reference(visit) {
  const { page, cast } = visit;
  const strangers = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(cast.setting.base) && !request.url().startsWith("data:")) {
      strangers.push(request.url());
    }
  });
  await visit.go("/api/docs");
  assert.deepEqual(strangers, [], "works offline");
  const document = await (await page.request.get("/api/openapi.json")).json();
  const methods = ["get", "post", "put", "delete"];
  const calls = Object.values(document.paths).flatMap((path) => methods.filter((method) => path[method]));
  const examples = (await page.locator("pre").allTextContents()).filter((text) => text.includes("curl "));
  assert.ok(examples.length >= calls.length, `${examples.length} examples for ${calls.length} calls`);
}

export default async function (cast) {
  const visit = await cast.visit({ as: "alice" });
  const secret = await issue(visit);
  const used = await fetch(`${cast.setting.base}/api/lead_statuses`, { headers: { authtoken: secret } });
  assert.equal(used.status, 200);
  await reference(visit);
}
