// Writes what was observed of one service as an OpenAPI 3.1 document: names, types and counts, never a value.
import type { OpenAPIV3_1 } from "openapi-types";
import { skeletonOf } from "../model/identity.ts";
import type { Endpoint, Service } from "../model/inventory.ts";
import { groupByPath, uniqueName } from "./grouping.ts";
import type { OperationGroup, PathGroup } from "./grouping.ts";
import { operationOf } from "./operation.ts";
import type { Operation } from "./operation.ts";
import { typesOf } from "./types.ts";
import type { Types } from "./types.ts";
import { securityOf } from "./security.ts";
import { serversOf } from "./server-list.ts";
import type { HostFamily } from "./server-list.ts";

export interface ExportOptions {
  /** Only what is confirmed, or candidates too (default). Noise never. */
  readonly confidence?: "confirmed" | "candidate";
  /** Only endpoints no document lists. */
  readonly only?: "shadow";
  /** Only paths that are this one or below it, as far as their templates show. */
  readonly below?: string;
  /** Only this method, upper case. */
  readonly method?: string;
  /** Include operations that only documents list (default false: they were not discovered). */
  readonly orphans?: boolean;
  /** Default: the authority. */
  readonly title?: string;
  /** `info.version`; default "observed". */
  readonly version?: string;
  /** Hosts that answer alike; the one with this service shows as a server with a variable. */
  readonly hostGroups?: readonly HostFamily[];
}

/** Methods a path item of OpenAPI 3.1 has a field for; all others go under `x-umbra-methods`. */
const FIELDS: ReadonlySet<string> = new Set([
  "GET",
  "PUT",
  "POST",
  "DELETE",
  "OPTIONS",
  "HEAD",
  "PATCH",
  "TRACE",
]);

/** Equal inputs, in whatever order, give equal bytes. Endpoints of other authorities are left out. */
export function exportOpenApi(
  endpoints: readonly Endpoint[],
  service: Service,
  options: ExportOptions = {},
): OpenAPIV3_1.Document {
  const chosen = endpoints.filter(
    (endpoint) => endpoint.authority === service.authority && isExported(endpoint, options),
  );
  const taken = new Set<string>();
  const tags = new Set<string>();
  const schemes = new Map<string, OpenAPIV3_1.SecuritySchemeObject>();
  const paths: Record<string, OpenAPIV3_1.PathItemObject> = {};
  const groups = groupByPath(chosen);
  const types = typesOf(groups);
  for (const path of groups) {
    const finish = (group: OperationGroup): Operation => {
      const tag = tagOf(path.path);
      tags.add(tag);
      const { schemes: found, security } = group.facts === null ? NO_SECURITY : securityOf(group.facts);
      for (const { id, scheme } of found) schemes.set(id, scheme);
      return {
        operationId: uniqueName(operationIdOf(group.method, path.path), taken),
        tags: [tag],
        ...operationOf(path, group, types),
        ...(security !== undefined && { security }),
      };
    };
    paths[path.path] = pathItem(path, finish);
  }
  return documentOf(service, options, { paths, tags, schemes, types, endpoints: chosen });
}

const NO_SECURITY = { schemes: [], security: undefined } as const;

function isExported(endpoint: Endpoint, options: ExportOptions): boolean {
  if (endpoint.category !== "api" || endpoint.confidence === "noise") return false;
  if (!isWanted(endpoint, options)) return false;
  if (endpoint.facts === null) return options.orphans === true;
  return options.confidence !== "confirmed" || endpoint.confidence === "confirmed";
}

function isWanted({ standing, method, path }: Endpoint, options: ExportOptions): boolean {
  return (
    (options.only ?? standing) === standing &&
    (options.method ?? method) === method &&
    isBelow(path, options.below ?? "/")
  );
}

/** Variables of both are equal whatever they are called. */
function isBelow(path: string, below: string): boolean {
  const wanted = skeletonOf(below).replace(/\/$/, "");
  const held = skeletonOf(path);
  return held === wanted || held.startsWith(`${wanted}/`);
}

function pathItem(path: PathGroup, finish: (group: OperationGroup) => Operation): OpenAPIV3_1.PathItemObject {
  const item: Record<string, Operation> = {};
  const others: Record<string, Operation> = {};
  for (const group of path.operations) {
    if (FIELDS.has(group.method)) item[group.method.toLowerCase()] = finish(group);
    else others[group.method] = finish(group);
  }
  return (
    Object.keys(others).length === 0 ? item : { ...item, "x-umbra-methods": others }
  ) as OpenAPIV3_1.PathItemObject;
}

interface Parts {
  readonly paths: Record<string, OpenAPIV3_1.PathItemObject>;
  readonly tags: ReadonlySet<string>;
  readonly schemes: ReadonlyMap<string, OpenAPIV3_1.SecuritySchemeObject>;
  readonly types: Types;
  readonly endpoints: readonly Endpoint[];
}

function documentOf(service: Service, options: ExportOptions, parts: Parts): OpenAPIV3_1.Document {
  const hasTypes = Object.keys(parts.types.components).length > 0;
  const schemes = [...parts.schemes].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    openapi: "3.1.0",
    info: {
      title: options.title ?? service.authority,
      version: options.version ?? "observed",
      description:
        "Discovered from observed traffic by Umbra. Counts are of requests heard, not of all requests.",
    },
    servers: serversOf(service.authority, parts.endpoints, options.hostGroups),
    tags: [...parts.tags].sort().map((name) => ({ name })),
    paths: parts.paths,
    ...((schemes.length > 0 || hasTypes) && {
      components: {
        ...(hasTypes && { schemas: parts.types.components }),
        ...(schemes.length > 0 && { securitySchemes: Object.fromEntries(schemes) }),
      },
    }),
  };
}

/** Segments that say how the API is reached, not what it is about. */
const FRAME = /^(?:api|apis|rest|rpc|service|services|public|internal|v\d[\w.]*|[\d.-]+)$/i;

function tagOf(path: string): string {
  const words = path.split("/").filter((segment) => segment !== "" && !segment.includes("{"));
  return words.find((word) => !FRAME.test(word)) ?? words[0] ?? "root";
}

/** `GET /users/{userId}/orders` becomes `getUsersByUserIdOrders`. */
function operationIdOf(method: string, path: string): string {
  const words = path
    .replaceAll(/\{([^}]*)\}/g, " by $1 ")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return `${method.toLowerCase().replaceAll(/[^a-z0-9]/g, "_")}${name === "" ? "Root" : name}`;
}
