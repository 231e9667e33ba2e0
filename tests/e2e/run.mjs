// Tells stories in one browser. Each connection to the port that it prints brings one, with the server and the people of it
// as JSON; the answer is `passed`, or what went wrong. The end of the standard input ends it.
import { createServer } from "node:net";
import { start } from "./support/browser.mjs";
import { Cast } from "./support/cast.mjs";

let started;

/** The browser of all stories; another one if it has ended. */
function browser() {
  started ??= start().then((one) => one.on("disconnected", () => (started = undefined)));
  return started;
}

async function tell({ story, ...setting }) {
  const { default: act } = await import(`./stories/${story}.mjs`);
  const cast = new Cast(await browser(), story, setting);
  try {
    await act(cast);
    await cast.close();
    return "passed";
  } catch (error) {
    return await cast.giveUp(error);
  }
}

const server = createServer({ allowHalfOpen: true }, (socket) => {
  let sent = "";
  socket.setEncoding("utf8").on("data", (part) => (sent += part));
  socket.once("end", async () => socket.end(await tell(JSON.parse(sent)).catch((error) => error.stack)));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
// The browser ends with this process.
process.stdin.resume().once("end", () => process.exit());
