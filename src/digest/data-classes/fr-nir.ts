// French social security number.
import { digitsOf } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "fr-nir",
  title: "French social security number",
  reference: "https://www.insee.fr/fr/metadonnees/definition/c1409",
  sensitivity: "personal",
  hint: /[12][ .]?\d{2}/,
  fields:
    /(^|_)(nir|insee|ssn|secu|numero_securite_sociale|securite_sociale|social_security(_number)?|national_id)($|_)/,
  find: (text) => {
    const digits = digitsOf(text).toUpperCase();
    if (!/^[1-478]\d{2}(0[1-9]|1[0-2]|[2-9]\d)(\d{2}|2[AB])\d{8}$/.test(digits)) return false;
    const number = BigInt(digits.slice(0, 13).replace("2A", "19").replace("2B", "18"));
    return 97n - (number % 97n) === BigInt(digits.slice(13));
  },
  examples: [
    { text: "255081416802538", field: "nir" },
    { text: "2 55 08 14 168 025 38", field: "numero_securite_sociale" },
  ],
  rejects: [
    { text: "255081416802539", field: "nir" },
    { text: "25508141680253", field: "nir" },
  ],
});
