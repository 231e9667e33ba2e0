// Tells one story: `node run.mjs NAME`, with the server and the people in the environment variable STORY.
import { readdirSync } from "node:fs";
import { start } from "./support/browser.mjs";
import { Cast } from "./support/cast.mjs";

const known = readdirSync(new URL("stories/", import.meta.url)).map((file) => file.replace(".mjs", ""));
const name = process.argv[2];
if (!known.includes(name)) {
  throw new Error(`There is no story ${name}; there are ${known.join(", ")}.`);
}
const setting = JSON.parse(process.env.STORY);
const { default: tell } = await import(`./stories/${name}.mjs`);
const browser = await start();
const cast = new Cast(browser, name, setting);
try {
  await tell(cast);
  await cast.close();
} catch (error) {
  await cast.giveUp(error);
  process.exitCode = 1;
} finally {
  await browser.close();
}
