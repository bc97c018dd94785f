// Geographic coordinates.
import { defineDataClass } from "../data-class.ts";

/** Three decimals are a street. */
const EXACT = /^\s*-?\d{1,3}\.\d{3,}\s*$/;

export default defineDataClass({
  id: "geo-coordinates",
  title: "Geographic coordinates",
  reference: "https://www.rfc-editor.org/rfc/rfc7946",
  sensitivity: "location",
  hint: /\d\.\d{3}/,
  fields:
    /(^|_)(lat|latitude|lng|lon|long|longitude|coords?|coordinates?|location|position|geo|geolocation|latlng|ll|origin|destination)($|_)/,
  find: (text) => {
    const [first = "", second = first, ...more] = text.split(",");
    return (
      more.length === 0 && [first, second].every((part) => EXACT.test(part) && Math.abs(Number(part)) <= 180)
    );
  },
  examples: [
    { text: "52.520008", field: "lat" },
    { text: "13.404954", field: "longitude" },
    { text: "52.520008, 13.404954", field: "location" },
  ],
  rejects: [
    { text: "200.12345", field: "lat" },
    { text: "52.5", field: "lat" },
    { text: "Berlin 1.2345", field: "location" },
  ],
});
