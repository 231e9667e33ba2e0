// The people of a story, each with a browser window of their own.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { LOAD_AXE } from "./checks.mjs";
import { Visit } from "./visit.mjs";

export class Cast {
  #visits = [];

  constructor(browser, story, setting) {
    this.browser = browser;
    this.story = story;
    this.setting = setting;
  }

  /**
   * A window: `as` someone who is signed in, in a language, a theme, a width and a time zone, with or without JavaScript,
   * under a finger (`touch`) or a mouse.
   */
  async visit(wishes = {}) {
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
    context.setDefaultTimeout(10_000);
    // From outside, which the page's policy does not forbid.
    await context.addInitScript(LOAD_AXE);
    const visit = new Visit(await context.newPage(), look, this);
    this.#visits.push(visit);
    if (look.as) {
      await visit.signIn(look.as);
    }
    return visit;
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
    const noted = this.#visits.flatMap((visit) => visit.noted);
    assert.equal(noted.join("\n"), "");
    for (const visit of this.#visits) {
      visit.assertSilent();
      await visit.close();
    }
  }

  /** Ends a story that went wrong: what was said and what was on the screens, which are kept as pictures. */
  async giveUp(error) {
    const lines = [error.stack ?? error];
    for (const [index, visit] of this.#visits.entries()) {
      if (!visit.isClosed) {
        lines.push(`window ${index + 1} is at ${visit.page.url()}: ${visit.complaints.join("; ") || "silent"}`);
        await visit.picture(`failed-${index + 1}`).catch(() => {});
        await visit.close().catch(() => {});
      }
    }
    return lines.join("\n");
  }
}
