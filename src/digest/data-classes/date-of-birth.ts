// Date of birth.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "date-of-birth",
  title: "Date of birth",
  reference: "https://gdpr-info.eu/art-4-gdpr/",
  sensitivity: "personal",
  hint: /\d/,
  fields:
    /birth|(^|_)(dob|bday|geburtsdatum|geburtstag|date_de_naissance|naissance|fecha_nacimiento|nacimiento)($|_)/,
  find: (text) =>
    /^(18|19|20)\d{2}[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])(T.*)?$|^\d{1,2}[-/.]\d{1,2}[-/.](18|19|20)?\d{2}$|^-?\d{8,13}$/.test(
      text,
    ),
  examples: [
    { text: "1980-02-29", field: "date_of_birth" },
    { text: "02/29/1980", field: "dob" },
    { text: "320630400", field: "birthdate" },
  ],
  rejects: [
    { text: "Berlin", field: "place_of_birth" },
    { text: "5", field: "birth_order" },
    { text: "1980", field: "birth_id" },
  ],
});
