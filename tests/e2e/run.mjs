// Runs stories in one browser. Each connection to the port that it prints sends one as JSON, with its server and people; the
// answer is `passed`, or what went wrong. It ends when its standard input ends.
import { createServer } from "node:net";
import { start } from "./support/browser.mjs";
import { Story } from "./support/story.mjs";

let started;

/** The browser of all stories; another one if it has ended. */
function browser() {
  started ??= start().then((one) => one.on("disconnected", () => (started = undefined)));
  return started;
}

async function runStory({ story: name, ...setting }) {
  const { default: act } = await import(`./stories/${name}.mjs`);
  const story = new Story(await browser(), name, setting);
  try {
    await act(story);
    await story.close();
    return "passed";
  } catch (error) {
    return await story.giveUp(error);
  }
}

const server = createServer({ allowHalfOpen: true }, (socket) => {
  let sent = "";
  socket.setEncoding("utf8").on("data", (part) => (sent += part));
  socket.once("end", async () => socket.end(await runStory(JSON.parse(sent)).catch((error) => error.stack)));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
// The browser ends with this process.
process.stdin.resume().once("end", () => process.exit());
