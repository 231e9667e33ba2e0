// Every page in every state: ro, light, 320 pixels wide.
import { gallery } from "../support/gallery.mjs";

export default (story) => gallery(story, { lang: "ro", theme: "light", width: 320 });
