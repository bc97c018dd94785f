// GET /ai/servers: MCP servers and A2A agents, their tools and how these changed.
import { aiSection } from "../../report/ai-section.ts";
import { serversJson, serversSchema } from "../ai-json.ts";
import { allEndpoints } from "../every-page.ts";
import { text } from "../parameter.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "list-ai-servers",
  method: "get",
  path: "/ai/servers",
  tag: "ai",
  summary: "List MCP servers and A2A agents with their tools",
  parameters: {},
  query: { host: text("Authority: host[:port]."), tool: text("Part of a tool's name, in any case.", 128) },
  body: NO_REQUEST_BODY,
  answers: { 200: "Servers, each with its tools and their history." },
  content: { kind: "json", schema: serversSchema },
  refusals: [],
  async handle({ query }, { store }) {
    const host = query.host?.toLowerCase();
    const wanted = query.tool?.toLowerCase();
    const { items } = serversJson(
      aiSection(await allEndpoints(store, host === undefined ? {} : { authority: host })),
    );
    const found = items
      .map((server) => ({
        ...server,
        tools: server.tools.filter(({ name }) => wanted === undefined || name.toLowerCase().includes(wanted)),
      }))
      .filter(({ tools }) => wanted === undefined || tools.length > 0);
    return { status: 200, json: { items: found } };
  },
});
