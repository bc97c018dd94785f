// Names the operation of protocols that put many behind one path: GraphQL, JSON-RPC, gRPC, SOAP.
import type { SightingKey } from "../model/sighting.ts";
import type { RootStrings } from "./json-scan.ts";
import type { SafeName } from "./names.ts";

export type Operation = Pick<SightingKey, "style" | "operation">;

export const REST: Operation = { style: "rest", operation: null };

// A batch that calls more is named by its first few.
const MAX_BATCH = 4;

/** What the strings at the root of a JSON request (or of each item of a batch) call; `REST` when nothing. */
export function jsonOperation(roots: readonly RootStrings[], safeName: SafeName): Operation {
  const calls = roots.map((root) => jsonCall(root, safeName));
  const [first] = calls;
  if (first === undefined || first.style === "rest") return REST;
  const names = calls.filter(({ style }) => style === first.style).map(({ operation }) => operation ?? "");
  const distinct = [...new Set(names)].filter((name) => name !== "").sort();
  return { style: first.style, operation: distinct.slice(0, MAX_BATCH).join(" + ") || null };
}

/*
  JSON-RPC 2.0, 4: { "jsonrpc": "2.0", "method": "…", … }
  GraphQL over HTTP, 5.4: { "query": "…", "operationName": "…", … }; persisted queries leave "query" out.
*/
function jsonCall(root: RootStrings, safeName: SafeName): Operation {
  const method = root.get("method");
  if (root.has("jsonrpc"))
    return { style: "json-rpc", operation: method === undefined ? null : words(method, safeName) };
  return graphqlOperation(root.get("query"), root.get("operationName"), safeName) ?? REST;
}

/*
  GraphQL October 2021, 2.3: OperationDefinition = OperationType Name? … SelectionSet | SelectionSet
*/
const DOCUMENT = /^(?:\s|,|#[^\n]*(?:\n|$))*(?:(query|mutation|subscription|fragment)\b|\{)/;
const DEFINITION = /(?:^|[\s}])(query|mutation|subscription)\b\s*([_A-Za-z]\w*)?/g;
const FIRST_FIELD = /\{[\s,]*(?:\w+\s*:\s*)?([_A-Za-z]\w*)/;

/** undefined when these are no GraphQL document and name. */
export function graphqlOperation(
  document: string | undefined,
  wanted: string | undefined,
  safeName: SafeName,
): Operation | undefined {
  const name = wanted !== undefined && /^[_A-Za-z]\w*$/.test(wanted) ? wanted : undefined;
  if (document !== undefined && document !== "") return documentOperation(document, name, safeName);
  return name === undefined ? undefined : { style: "graphql", operation: `query ${safeName(name)}` };
}

function documentOperation(
  document: string,
  wanted: string | undefined,
  safeName: SafeName,
): Operation | undefined {
  if (!DOCUMENT.test(document) || !document.includes("{")) return undefined;
  const [type, name] = definitionIn(document, wanted);
  return { style: "graphql", operation: name === undefined ? type : `${type} ${safeName(name)}` };
}

/** The wanted one of the definitions, or the first. */
function definitionIn(
  document: string,
  wanted: string | undefined,
): readonly [type: string, name: string | undefined] {
  const definitions = [...document.matchAll(DEFINITION)];
  const definition = definitions.find(([, , name = ""]) => name === wanted) ?? definitions[0];
  const [, type = "query", name = wanted] = definition ?? [];
  return [type, name ?? firstField(document.slice(definition?.index ?? 0))];
}

/** An operation without a name is known by what it asks for first. */
function firstField(definition: string): string | undefined {
  return FIRST_FIELD.exec(definition)?.[1];
}

/** `tools/list`, `eth_getBalance`, `Ns.Type.method`: judged word by word. */
function words(method: string, safeName: SafeName): string {
  if (method.length > 128 || !/^[\w$./:#-]+$/.test(method)) return "{text}";
  return method
    .split(/([./:#])/)
    .map((part, index) => (index % 2 === 1 || part === "" ? part : safeName(part)))
    .join("");
}

/*
  gRPC over HTTP/2: Path = "/" Service-Name "/" method; the service name carries its package.
*/
export function grpcOperation(path: string): Operation | undefined {
  const call = /^\/((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*\/[A-Za-z_]\w*)$/.exec(path)?.[1];
  return call === undefined || path.includes("{") ? undefined : { style: "grpc", operation: call };
}

/** `action` is the SOAPAction header or action parameter, `call` the first element of the body. */
export function soapOperation(
  action: string | undefined,
  call: string | undefined,
  safeName: SafeName,
): Operation {
  const last = action?.replaceAll('"', "").split(/[/#:]/).pop()?.trim() ?? "";
  const name = call !== undefined && call !== "" ? call : last;
  return { style: "soap", operation: name === "" ? null : words(name, safeName) };
}
