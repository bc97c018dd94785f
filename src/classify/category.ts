// What answers there: an API, a page, a static file, or nothing but a scanner's question.
import type { AiVerdict, Category, Endpoint } from "../model/inventory.ts";
import { isSuccess, successCount, wasNeverThere } from "../model/outcome.ts";
import type { Facts } from "../model/sighting.ts";
import { estimateDistinct } from "../model/sketch.ts";
import { isScannerPath } from "./scanners.ts";

export interface CategoryEvidence {
  readonly key: Pick<Endpoint, "method" | "path" | "style">;
  readonly facts: Facts;
  readonly ai: AiVerdict;
  /** A document lists it. */
  readonly listed: boolean;
}

/** A function of totals. What a document lists, what speaks an API protocol, and what is an AI endpoint, is an API. */
export function categoryOf({ key, facts, ai, listed }: CategoryEvidence): Category {
  if (listed) return "api";
  if (wasNeverThere(facts)) return "probe";
  if (key.style !== "rest" || ai.verdict === "confirmed" || ai.verdict === "likely") return "api";
  if (isScannerPath(key.path) && !isUsed(facts)) return "probe";
  const types = successTypes(facts);
  if (isAsset(key, types)) return "asset";
  return isPage(types) ? "page" : "api";
}

/** Some products really have the paths that scanners ask for: then several callers use them with success. */
function isUsed(facts: Facts): boolean {
  return successCount(facts) >= 3 && estimateDistinct(facts.distinctCallers) >= 2;
}

/** Media types of successful answers. */
function successTypes(facts: Facts): readonly string[] {
  const types = Object.entries(facts.responses)
    .filter(([status]) => isSuccess(status))
    .flatMap(([, response]) => Object.keys(response.bodies));
  return [...new Set(types)].filter((type) => type !== "");
}

/*
  Extensions of files that web pages load (IANA media types of the kinds below), and the fixed files of every site.
*/
const ASSET_PATH =
  /\.(?:m?js|css|map|png|jpe?g|gif|svg|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp4|webm|mp3|ogg|wav|wasm|webmanifest)$|^\/(?:robots\.txt|sitemap[\w-]*\.xml(?:\.gz)?|favicon\.ico|manifest\.json|ads\.txt|humans\.txt)$|\/\{file\d*\}$/i;
const ASSET_TYPE =
  /^(?:image|font|audio|video)\/|^(?:text|application)\/(?:css|javascript|x-javascript|ecmascript)$|^application\/(?:font|wasm|manifest|octet-stream|vnd\.ms-fontobject)|^text\/plain$|xml$/;
const DATA_TYPE = /json|protobuf|grpc|msgpack|cbor|event-stream/;

/** By its name, unless its answers are data. */
function isAsset(key: CategoryEvidence["key"], types: readonly string[]): boolean {
  if (key.method !== "GET" && key.method !== "HEAD") return false;
  if (!ASSET_PATH.test(key.path)) return false;
  const isManifest = /\.(?:webmanifest|map)$|manifest\.json$/i.test(key.path);
  return (
    types.every((type) => ASSET_TYPE.test(type) || (isManifest && type.includes("json"))) ||
    !types.some((type) => DATA_TYPE.test(type))
  );
}

/** Every successful answer with a media type was a page. */
function isPage(types: readonly string[]): boolean {
  return types.length > 0 && types.every((type) => /^(?:text\/html|application\/xhtml\+xml)$/.test(type));
}
