// GET /ai/vendors: which vendors of models are used, by whom, and whether that is allowed.
import { vendor } from "../ai-json.ts";
import { aiPage, defineAiList } from "../ai-list.ts";
import { oneOf } from "../parameter.ts";

export default defineAiList({
  id: "list-ai-vendors",
  summary: "List AI vendors in use",
  description: "In order of name. Use that stayed encrypted is told by server name.",
  schema: aiPage("AiVendors", "Vendors of models, and who asks them.", vendor),
  query: {
    approval: oneOf("What was said of the vendor.", [
      "sanctioned",
      "tolerated",
      "unsanctioned",
      "unreviewed",
    ]),
  },
  rows: ({ vendors }, { approval }) =>
    vendors.filter((row) => approval === undefined || row.approval === approval),
});
