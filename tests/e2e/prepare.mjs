// Unpacks the browser once, before stories ask for it side by side.
import { unpack } from "./support/browser.mjs";

await unpack();
