// Every page in every state: ro, dark, 1280 pixels wide.
import { gallery } from "../support/gallery.mjs";

export default (story) => gallery(story, { lang: "ro", theme: "dark", width: 1280 });
