// The catalogue of AI wire formats, vendor hosts and telling headers: data, checked against a schema when it is loaded.
import { z } from "zod";
import formatRows from "./catalogue.json" with { type: "json" };
import headerRows from "./headers.json" with { type: "json" };
import vendorRows from "./vendors.json" with { type: "json" };

/** Alternatives of key paths that must all be there: `a.*.b`, where `*` is any item or any key. */
const alternatives = z.array(z.array(z.string().regex(/^[\w*-]+(\.[\w*-]+)*$/)).min(1));

export const formatRow = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]+$/),
  kind: z.enum([
    "chat-completion",
    "completion",
    "embedding",
    "image",
    "audio",
    "rerank",
    "moderation",
    "agent",
    "mcp-server",
    "a2a-agent",
    "vector-db",
    "model-serving",
    "ai-app",
    "realtime",
    "video",
    "discovery",
    "llm-observability",
  ]),
  /** What serves it, where one product alone speaks it. */
  product: z.string().optional(),
  /** Documentation of the format. */
  source: z.url(),
  method: z.enum(["GET", "POST"]),
  /** Tested against the path template. */
  path: z.string(),
  /** One alternative must stand in the request; empty when requests of this format carry nothing telling. */
  request: alternatives,
  /** One alternative must stand in a successful answer, streamed or not; empty when answers are not JSON. */
  response: alternatives,
  /** Fields of both sides that nobody else has together: enough on any path, since whoever serves it chooses that. */
  fields: z.strictObject({ request: alternatives, response: alternatives }).optional(),
  /** Media type of a successful answer that is not JSON. */
  media: z.string().optional(),
  /** exact: path and fields decide; strong: they need one more reason to be certain. */
  strength: z.enum(["exact", "strong"]),
  /** Nobody else uses this path: it says something even where no bodies were recorded. */
  telling: z.boolean(),
  /** Headers that clients or servers of this format send, as further evidence. */
  headers: z.array(z.string()),
  /** Speaks a wider format and more: where both match, this one is meant. */
  narrow: z.literal(true).optional(),
  example: z.strictObject({
    method: z.enum(["GET", "POST"]).optional(),
    path: z.string(),
    request: z.array(z.string()),
    response: z.array(z.string()),
  }),
});

export const headerRow = z.strictObject({
  id: z.string(),
  name: z.string().regex(/^[a-z0-9-]+$/),
  side: z.enum(["request", "response", "either"]),
  /** Log-odds. */
  weight: z.number().positive(),
  means: z.string(),
  kind: z.string().optional(),
  /** What sends it, where one product alone does. */
  product: z.string().optional(),
  source: z.url(),
});

export const vendorRow = z.strictObject({
  /** The host itself or any host below it; with a pattern, what it ends in. */
  host: z.string().regex(/^[a-z0-9.-]+$/),
  vendor: z.string(),
  /** certain: the host serves nothing but models; mixed: other things too. */
  trust: z.enum(["certain", "mixed"]),
  /** For clouds, whose suffix alone says nothing: the whole host must match. */
  pattern: z.string().optional(),
  /** What is called there when nothing else tells. */
  kind: z.string().optional(),
  source: z.string(),
});

export type FormatRow = z.infer<typeof formatRow> & { readonly pathTest: RegExp };
export type HeaderRow = z.infer<typeof headerRow>;
export type VendorRow = z.infer<typeof vendorRow>;

export const FORMATS: readonly FormatRow[] = z
  .array(formatRow)
  .parse(formatRows)
  .map((row) => ({ ...row, pathTest: new RegExp(row.path) }));

export const HEADERS: readonly HeaderRow[] = z.array(headerRow).parse(headerRows);

const vendors = z.array(vendorRow).parse(vendorRows);
const byHost = new Map<string, VendorRow>();
const byPattern: (VendorRow & { readonly test: RegExp })[] = [];
for (const row of vendors) {
  if (row.pattern === undefined) byHost.set(row.host, row);
  else byPattern.push({ ...row, test: new RegExp(row.pattern) });
}

/** The vendor behind an authority: by pattern, for the regional hosts of clouds, else the longest suffix. */
export function vendorOf(authority: string): VendorRow | null {
  const host = authority.replace(/:\d+$/, "").toLowerCase();
  const regional = byPattern.find((row) => host.endsWith(row.host) && row.test.test(host));
  if (regional !== undefined) return regional;
  for (let at = 0; at >= 0; at = host.indexOf(".", at + 1)) {
    const row = byHost.get(at === 0 ? host : host.slice(at + 1));
    if (row !== undefined) return row;
  }
  return null;
}
