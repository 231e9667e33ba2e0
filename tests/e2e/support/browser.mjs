// A real Chromium: the system's where there is one, else the one that comes from npm.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
// Without these, Chromium looks for its maker's hosts at every start.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  // A page lives for seconds: its scripts have ended before optimizing them has paid.
  "--js-flags=--no-opt --no-maglev",
];

/** Unpacks the packaged browser beside its package, with the libraries that it needs; answers how to start it. */
export async function unpack() {
  const system = SYSTEM.find((path) => existsSync(path));
  if (system) {
    return { executablePath: system, env: process.env };
  }
  const folder = fileURLToPath(new URL("../unpacked/", import.meta.url));
  const stamp = `${folder}.complete`;
  if (!existsSync(stamp)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const before = { ...process.env };
  // The package decides by these where it unpacks and whether it brings its libraries along.
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" });
  delete process.env.FONTCONFIG_PATH;
  const { default: packaged } = await import("@sparticuz/chromium");
  const executablePath = await packaged.executablePath();
  const { LD_LIBRARY_PATH } = process.env;
  Object.assign(process.env, { TMPDIR: before.TMPDIR ?? "/tmp" });
  writeFileSync(stamp, "");
  return { executablePath, env: { ...before, LD_LIBRARY_PATH, FONTCONFIG_FILE: listFonts(folder) } };
}

/** The package's list of fonts names folders of another machine. Without any font to fall back on, Chromium ends. */
function listFonts(folder) {
  const list = `${folder}fonts.conf`;
  const folders = `<dir>${folder}fonts</dir><cachedir>${folder}fonts-cache</cachedir>`;
  writeFileSync(list, `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>${folders}</fontconfig>\n`);
  return list;
}

/** The browser, started. */
export async function start() {
  return chromium.launch({ ...(await unpack()), args: FLAGS, headless: true });
}
