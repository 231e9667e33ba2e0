// The runner itself: a page without a fault passes, and every fault planted in one is found.
import assert from "node:assert/strict";

const SOUND = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sound</title></head>
<body><main><h1>Sound</h1><p>Words.</p></main></body></html>`;
const FAULTS = {
  "scrolls sideways": SOUND.replace("<p>", "<p class='wide'>").replace("</title>", "</title><style>.wide{width:1000px}</style>"),
  axe: SOUND.replace("<p>", "<button></button><p>"),
  HTML: SOUND.replace("<p>Words.</p>", "<p id='a'>Words.</p><p id='a'>Words.</p>"),
  console: SOUND.replace("Words.", "Words.<script>console.error('console: planted')</script>"),
};

async function show(tab, body) {
  await tab.page.unroute("**/*");
  await tab.page.route("**/*", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  await tab.go("/planted");
}

export default async function (story) {
  const tab = await story.openTab({ width: 320 });
  await show(tab, SOUND);
  await tab.check("sound");
  for (const [complaint, body] of Object.entries(FAULTS)) {
    const faulty = await story.openTab({ width: 320 });
    await show(faulty, body);
    await assert.rejects(faulty.check("faulty"), new RegExp(complaint), complaint);
    faulty.complaints.length = 0;
  }
}
