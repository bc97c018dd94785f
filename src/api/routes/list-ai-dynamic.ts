// GET /ai/dynamic: services with signs that machines made or found out their API.
import { dynamicApi } from "../ai-json.ts";
import { aiPage, defineAiList } from "../ai-list.ts";
import { DYNAMIC_SIGNS } from "../../inventory/ai-dynamic-signals.ts";
import { oneOf } from "../parameter.ts";

export default defineAiList({
  id: "list-ai-dynamic",
  summary: "List APIs with signs of being made or found out by machines",
  description:
    "Bursts of routes, descriptions fetched first, names as generators make them, short lives, use by agents alone, calls put right after refusals. In order of authority.",
  schema: aiPage("AiDynamicApis", "Services with such signs, and their endpoints.", dynamicApi),
  query: { sign: oneOf("Only services with this sign.", DYNAMIC_SIGNS) },
  rows: ({ dynamic }, { sign }) =>
    dynamic.filter((row) => sign === undefined || row.signs.some((one) => one.sign === sign)),
});
