// Which operation an exchange calls, from whatever part of the request names it.
import type { Exchange } from "../model/exchange.ts";
import type { Message } from "./message.ts";
import { headerValue } from "./message.ts";
import type { SafeName } from "./names.ts";
import type { Operation } from "./operation.ts";
import { graphqlOperation, grpcOperation, jsonOperation, REST, soapOperation } from "./operation.ts";
import type { Parameter } from "./parameters.ts";

export interface CallEvidence {
  readonly exchange: Exchange;
  readonly query: readonly Parameter[];
  /** As in the sighting. */
  readonly path: string;
  readonly request: Message;
  readonly safeName: SafeName;
}

export function operationOf(seen: CallEvidence): Operation {
  return (
    grpcCall(seen) ??
    soapCall(seen) ??
    graphqlCall(seen) ??
    jsonOperation(seen.request.read.roots, seen.safeName)
  );
}

function grpcCall({ exchange, request, path }: CallEvidence): Operation | undefined {
  const isGrpc = exchange.protocol === "grpc" || request.mediaType.essence.startsWith("application/grpc");
  return isGrpc ? grpcOperation(path) : undefined;
}

/** SOAP 1.1 names the action in a header, SOAP 1.2 in a parameter of the media type. */
function soapCall({ exchange, request, safeName }: CallEvidence): Operation | undefined {
  const { headers } = exchange.request;
  const contentType = headerValue(headers, "content-type") ?? "";
  const inType = /;\s*action\s*=\s*"([^"]{1,512})"/i.exec(contentType)?.[1];
  const action = headerValue(headers, "soapaction") ?? inType;
  const { call } = request.read;
  const isSoap =
    call !== undefined || action !== undefined || request.mediaType.essence === "application/soap+xml";
  return isSoap ? soapOperation(action, call, safeName) : undefined;
}

function graphqlCall({ query, request, safeName }: CallEvidence): Operation | undefined {
  const { document } = request.read;
  if (document !== null) return graphqlOperation(document, undefined, safeName) ?? REST;
  const parameter = (wanted: string): string | undefined => query.find(({ name }) => name === wanted)?.value;
  const inQuery = parameter("query");
  return inQuery === undefined ? undefined : graphqlOperation(inQuery, parameter("operationName"), safeName);
}
