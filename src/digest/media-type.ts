// Reads Content-Type: which media type a body claims to be, in which charset, and how it is to be read.

export interface MediaType {
  /** `type/subtype`, lower case; "" when undeclared or unreadable. */
  readonly essence: string;
  readonly charset: string;
  readonly boundary: string;
}

const UNDECLARED: MediaType = { essence: "", charset: "", boundary: "" };
// Registered media types are at most 80 characters long.
const MAX_ESSENCE = 100;
// A boundary is at most 70 characters (RFC 2046, 5.1.1), so an honest header is far shorter.
const MAX_HEADER = 1024;

/*
  RFC 9110, 8.3.1: media-type = type "/" subtype *( OWS ";" OWS [ parameter ] ); parameter = token "=" ( token / quoted )
*/
const ESSENCE = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)\s*(?:[;,]|$)/;
const CHARSET = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i;
const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i;

// Declarations of all services of one collector; a full table is emptied rather than grown.
const MAX_DECLARED = 1000;
// `application/vnd.….v3+json; charset=utf-8` is shorter; longer ones have parameters of their own.
const MAX_REMEMBERED = 100;
const declared = new Map<string, MediaType>();

/** `safeName` replaces what is a value rather than a name. */
export function readMediaType(header: string | undefined, safeName: (name: string) => string): MediaType {
  if (header === undefined) return UNDECLARED;
  const remembered = declared.get(header);
  if (remembered !== undefined) return remembered;
  const read = readDeclared(header.slice(0, MAX_HEADER), safeName);
  // Boundaries are as many as messages.
  if (read !== UNDECLARED && read.boundary === "" && header.length <= MAX_REMEMBERED) {
    if (declared.size >= MAX_DECLARED) declared.clear();
    declared.set(header, read);
  }
  return read;
}

function readDeclared(header: string, safeName: (name: string) => string): MediaType {
  const essence = ESSENCE.exec(header)?.[1]?.toLowerCase() ?? "";
  if (essence === "" || essence.length > MAX_ESSENCE || !isName(essence, safeName)) return UNDECLARED;
  return {
    essence,
    charset: parameter(CHARSET, header).toLowerCase(),
    boundary: parameter(BOUNDARY, header),
  };
}

function parameter(form: RegExp, header: string): string {
  const [, quoted, plain] = form.exec(header) ?? [];
  return quoted ?? plain ?? "";
}

function isName(essence: string, safeName: (name: string) => string): boolean {
  return essence.split(/[/.+]/).every((part) => part === "" || !safeName(part).startsWith("{"));
}

/** How a body of a media type is read. "sniff": by its first character. */
export type BodyKind =
  | "json"
  | "json-lines"
  | "event-stream"
  | "form"
  | "multipart"
  | "xml"
  | "graphql"
  | "grpc"
  | "text"
  | "sniff"
  | "opaque";

const KINDS: readonly (readonly [BodyKind, RegExp])[] = [
  [
    "json-lines",
    /^application\/(x-)?(ndjson|jsonl|json-?lines|jsonlines|stream\+json|json-seq)$|ndjson$|jsonl$/,
  ],
  ["json", /^(application|text)\/(x-)?json$|\+json$|^application\/json/],
  ["event-stream", /^text\/event-stream$/],
  ["form", /^application\/x-www-form-urlencoded$/],
  ["multipart", /^multipart\/form-data$/],
  ["graphql", /^application\/graphql$/],
  ["grpc", /^application\/grpc/],
  ["xml", /^(application|text)\/(xml|soap\+xml)$|\+xml$/],
  ["sniff", /^$|^text\/plain$|^application\/octet-stream$/],
  ["text", /^text\/|^application\/(x-)?(javascript|yaml)$/],
];

const known = new Map<string, BodyKind>();
// Media types of all services of one collector.
const MAX_KNOWN = 1000;

export function bodyKind(essence: string): BodyKind {
  const found = known.get(essence);
  if (found !== undefined) return found;
  const kind = KINDS.find(([, form]) => form.test(essence))?.[0] ?? "opaque";
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(essence, kind);
  return kind;
}
