// A token for another system: shown once, copied, used; and a reference that loads nothing from other hosts.
import assert from "node:assert/strict";

const TOKENS = "/admin/api/api_management";

async function issue(tab) {
  const { page } = tab;
  await tab.go(`${TOKENS}/new`);
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
  assert.match(await tab.text(), /Website form/);
  assert.ok(!(await page.content()).includes(secret), "never shown again");
  return secret;
}

async function reference(tab) {
  const { page, story } = tab;
  const strangers = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(story.setting.base) && !request.url().startsWith("data:")) {
      strangers.push(request.url());
    }
  });
  await tab.go("/api/docs");
  assert.deepEqual(strangers, [], "works offline");
  const document = await (await page.request.get("/api/openapi.json")).json();
  const methods = ["get", "post", "put", "delete"];
  const calls = Object.values(document.paths).flatMap((path) => methods.filter((method) => path[method]));
  const examples = (await page.locator("pre").allTextContents()).filter((text) => text.includes("curl "));
  assert.ok(examples.length >= calls.length, `${examples.length} examples for ${calls.length} calls`);
}

export default async function (story) {
  const tab = await story.openTab({ as: "alice" });
  const secret = await issue(tab);
  const used = await fetch(`${story.setting.base}/api/lead_statuses`, { headers: { authtoken: secret } });
  assert.equal(used.status, 200);
  await reference(tab);
}
