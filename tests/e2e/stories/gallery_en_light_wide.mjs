// Every page in every state: en, light, 1280 pixels wide.
import { gallery } from "../support/gallery.mjs";

export default (story) => gallery(story, { lang: "en", theme: "light", width: 1280 });
