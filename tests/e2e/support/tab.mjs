// A tab of a browser: opens pages, signs in, takes screenshots, and complains of what must never happen on a page.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { axe, overflow, validate } from "./checks.mjs";

/** Answers that a page is right to give; the console reports them all the same. */
const EXPECTED = /the server responded with a status of (401|403|404|409|413|422|429)/;

export class Tab {
  complaints = [];
  noted = [];
  isClosed = false;
  #source = Promise.resolve("");

  constructor(page, look, story) {
    this.page = page;
    this.look = look;
    this.story = story;
    page.on("console", (message) => this.#hear(message));
    page.on("pageerror", (error) => this.complaints.push(`error: ${error.message}`));
    page.on("requestfailed", (request) => this.#miss(request));
    page.on("response", (response) => this.#read(response));
  }

  #hear(message) {
    const text = message.text();
    if (message.type() === "error" && !EXPECTED.test(text)) {
      this.complaints.push(`console: ${text}`);
    }
  }

  #miss(request) {
    // A search that was overtaken by the next is aborted on purpose.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") {
      this.complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    }
  }

  #read(response) {
    const request = response.request();
    const isPage = request.isNavigationRequest() && request.frame() === this.page.mainFrame();
    if (isPage && response.status() !== 303) {
      this.#source = response.text().catch(() => "");
    }
  }

  /** Goes to a local path and answers the response. */
  async go(path) {
    return this.page.goto(path, { waitUntil: "load" });
  }

  async signIn(name) {
    const { email, password } = this.story.setting.people[name];
    await this.go("/admin/login");
    await this.page.fill("[name=email]", email);
    await this.page.fill("[name=password]", password);
    await this.page.click("form[action='/admin/login'] button");
    await this.page.waitForLoadState("load");
    assert.match(this.page.url(), /\/admin\/leads\/(statuses|stuck|mine)$/, `${name} can't sign in`);
  }

  /** The element that has the keyboard: its id, else its name or words. */
  async focused() {
    return this.page.evaluate(() => document.activeElement.id || document.activeElement.name || document.activeElement.textContent.trim());
  }

  /** The words of the element that has the keyboard. */
  async focusedText() {
    return this.page.evaluate(() => document.activeElement.textContent.trim());
  }

  /** The names on the list, from top to bottom. */
  async names() {
    return this.texts("tbody .badge-name");
  }

  /** The row of the status of that name. */
  row(name) {
    return this.page.locator("tbody tr").filter({ has: this.page.locator(".badge-name", { hasText: new RegExp(`^${name}$`) }) });
  }

  /** Opens the menu of a row or a card. */
  async openMenu(row) {
    await row.locator("a[data-menu]").click();
    await this.page.locator(".menu:popover-open").waitFor();
  }

  /** Presses what is called so: a button, a link, a menu item. */
  async press(name) {
    const roles = ["button", "link", "menuitem"].map((role) => this.page.getByRole(role, { name, exact: true }));
    await roles.slice(1).reduce((all, one) => all.or(one), roles[0]).first().click();
  }

  async text(selector = "main") {
    return (await this.page.locator(selector).first().innerText()).replace(/\s+/g, " ").trim();
  }

  async texts(selector) {
    return (await this.page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  }

  /** A picture of the state, where pictures are wanted. */
  async shot(state) {
    if (process.env.PICTURES) await this.picture(state);
  }

  async picture(state) {
    const { lang, theme, width, js } = this.look;
    const storyName = this.story.name.replace(/^gallery_.*/, "gallery");
    const name = [storyName, state, lang, theme, width, js ? null : "nojs"].filter(Boolean).join("-");
    mkdirSync(this.story.setting.screenshots, { recursive: true });
    // What is fixed to the window would otherwise stand in the middle of a long picture.
    await this.page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
    await this.page.screenshot({ path: `${this.story.setting.screenshots}/${name}.png`, fullPage: true });
  }

  /** Checks the page: overflow, accessibility, console, and with `source` its HTML. */
  async check(state, { source = true } = {}) {
    await this.shot(state);
    const where = `${state} (${Object.values(this.look).join(", ")}) at ${this.page.url()}`;
    assert.deepEqual(await overflow(this.page), [], `scrolls sideways: ${where}`);
    await this.#zoomed(where);
    if (this.look.js) {
      assert.deepEqual(await this.#asked(), [], `axe: ${where}`);
    }
    if (source) {
      assert.deepEqual(await validate(await this.#source), [], `HTML: ${where}`);
    }
    this.assertSilent(where);
  }

  /** What axe finds in a window as tall as the page: what sticks to an edge lies over nothing that could be scrolled out from under it. */
  async #asked() {
    const { width, height } = this.page.viewportSize();
    const whole = await this.page.evaluate(() => document.documentElement.scrollHeight);
    await this.page.setViewportSize({ width, height: Math.max(height, whole) });
    const found = await axe(this.page);
    await this.page.setViewportSize({ width, height });
    return found;
  }

  /** At 200 %, half as wide, nothing is cut off either. */
  async #zoomed(where) {
    const { width, height } = this.page.viewportSize();
    if (width >= 1280) {
      await this.page.setViewportSize({ width: width / 2, height });
      const wide = await overflow(this.page);
      await this.page.setViewportSize({ width, height });
      assert.deepEqual(wide, [], `scrolls sideways at 200 %: ${where}`);
    }
  }

  /** Checks the page and goes on; faults are reported at the end of the story. */
  async note(state, what) {
    await this.check(state, what).catch((error) => this.noted.push(`${error.message.split("\n")[0]}\n  ${(error.actual ?? [error.stack]).join?.("\n  ") ?? error.actual}`));
    this.complaints.length = 0;
  }

  assertSilent(where = this.page.url()) {
    assert.deepEqual(this.complaints, [], where);
  }

  async close() {
    this.isClosed = true;
    await this.page.context().close();
  }
}
