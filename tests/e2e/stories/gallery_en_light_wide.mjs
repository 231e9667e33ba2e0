// Every page in every state: en, light, 1280 pixels wide.
import { gallery } from "../support/gallery.mjs";

export default (cast) => gallery(cast, { lang: "en", theme: "light", width: 1280 });
