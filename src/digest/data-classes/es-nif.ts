// Spanish NIF or NIE.
import { defineDataClass } from "../data-class.ts";

const FORM = /(?<!\w)[\dXYZ]\d{7}[A-Z](?!\w)/g;
const LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

export default defineDataClass({
  id: "es-nif",
  title: "Spanish NIF or NIE",
  reference:
    "https://www.interior.gob.es/opencms/es/servicios-al-ciudadano/tramites-y-gestiones/dni/calculo-del-digito-de-control-del-nif-nie/",
  sensitivity: "personal",
  hint: /[\dXYZ]\d{7}[A-Z]/i,
  fields: /^$|(^|_)(nif|nie|dni|documento|document(_number)?|tax_?id|vat(_number)?|national_id)($|_)/,
  find: (text) =>
    (text.toUpperCase().match(FORM) ?? []).some((found) => {
      const number = Number(found.slice(0, 8).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter))));
      return LETTERS[number % 23] === found[8];
    }),
  examples: [
    { text: "12345678Z", field: "dni" },
    { text: "X1234567L", field: "nie" },
    { text: "NIF 12345678Z" },
  ],
  rejects: [
    { text: "12345678A", field: "dni" },
    { text: "X1234567A", field: "nie" },
    { text: "112345678Z", field: "dni" },
  ],
});
