// Every page in every state: en, dark, 320 pixels wide.
import { gallery } from "../support/gallery.mjs";

export default (story) => gallery(story, { lang: "en", theme: "dark", width: 320 });
