// A story: the tabs of its people, and the API and the clock of its server.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { LOAD_AXE } from "./checks.mjs";
import { Tab } from "./tab.mjs";

export class Story {
  #tabs = [];

  constructor(browser, name, setting) {
    this.browser = browser;
    this.name = name;
    this.setting = setting;
  }

  /**
   * A window: `as` someone who is signed in, in a language, a theme, a width and a time zone, with or without JavaScript,
   * under a finger (`touch`) or a mouse.
   */
  async openTab(wishes = {}) {
    const look = { lang: "en", theme: "light", width: 1280, js: true, zone: "UTC", ...wishes };
    const context = await this.browser.newContext({
      baseURL: this.setting.base,
      locale: look.lang === "ro" ? "ro-RO" : "en-GB",
      timezoneId: look.zone,
      colorScheme: look.theme,
      viewport: { width: look.width, height: look.width < 640 ? 640 : 800 },
      hasTouch: Boolean(look.touch),
      isMobile: Boolean(look.touch),
      javaScriptEnabled: look.js,
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(30_000);
    // From outside, which the page's policy does not forbid.
    await context.addInitScript(LOAD_AXE);
    const tab = new Tab(await context.newPage(), look, this);
    this.#tabs.push(tab);
    if (look.as) {
      await tab.signIn(look.as);
    }
    return tab;
  }

  /** A call of the API, as the administrator's token. */
  async api(method, path, body) {
    const answer = await fetch(`${this.setting.base}/api/${path}`, {
      method,
      headers: { authtoken: this.setting.token, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const said = await answer.json();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(said)}`);
    }
    return said;
  }

  /** Moves the clock of the server on. */
  async advance(seconds) {
    const socket = connect(this.setting.clock, "127.0.0.1");
    socket.end(`${seconds}\n`);
    await once(socket.resume(), "end");
  }

  /** The id of the status of that name. */
  async idOf(name) {
    const all = await this.api("GET", "lead_statuses?archived=all");
    const found = all.find((status) => status.name === name);
    if (!found) {
      throw new Error(`There is no status ${name}.`);
    }
    return found.id;
  }

  /** Ends the story: what any window complained about fails it. */
  async close() {
    const noted = this.#tabs.flatMap((tab) => tab.noted);
    assert.equal(noted.join("\n"), "");
    for (const tab of this.#tabs) {
      tab.assertSilent();
      await tab.close();
    }
  }

  /** Ends a story that went wrong: what was said and what was on the screens, which are kept as pictures. */
  async giveUp(error) {
    const lines = [error.stack ?? error];
    for (const [index, tab] of this.#tabs.entries()) {
      if (!tab.isClosed) {
        lines.push(`window ${index + 1} is at ${tab.page.url()}: ${tab.complaints.join("; ") || "silent"}`);
        await tab.picture(`failed-${index + 1}`).catch(() => {});
        await tab.close().catch(() => {});
      }
    }
    return lines.join("\n");
  }
}
