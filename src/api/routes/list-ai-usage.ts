// GET /ai/usage: tokens by caller and model, with what they would cost.
import { usage } from "../ai-json.ts";
import { aiPage, defineAiList } from "../ai-list.ts";
import { text } from "../parameter.ts";

export default defineAiList({
  id: "list-ai-usage",
  summary: "List tokens by caller and model",
  description: "The most expensive first; dollars are an estimate by public list prices.",
  schema: aiPage("AiUsage", "Tokens by caller and model.", usage),
  query: { caller: text("Address of the caller.", 64) },
  rows: ({ usage: rows }, { caller }) => rows.filter((row) => caller === undefined || row.caller === caller),
});
