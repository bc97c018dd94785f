// GET /ai/servers: MCP servers and A2A agents, their tools and how these changed.
import { server } from "../ai-json.ts";
import { aiPage, defineAiList } from "../ai-list.ts";
import { text } from "../parameter.ts";

export default defineAiList({
  id: "list-ai-servers",
  summary: "List MCP servers and A2A agents with their tools",
  description: "In order of authority.",
  schema: aiPage("AiServers", "MCP servers and A2A agents, with what they offer.", server),
  query: { host: text("Authority: host[:port]."), tool: text("Part of a tool's name, in any case.", 128) },
  rows: ({ servers }, { host, tool }) =>
    servers
      .filter(({ authority }) => host === undefined || authority === host.toLowerCase())
      .map((row) => ({ ...row, tools: row.tools.filter(({ name }) => isNamed(name, tool)) }))
      .filter(({ tools }) => tool === undefined || tools.length > 0),
});

function isNamed(name: string, wanted: string | undefined): boolean {
  return wanted === undefined || name.toLowerCase().includes(wanted.toLowerCase());
}
