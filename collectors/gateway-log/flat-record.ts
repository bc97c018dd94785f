// One JSON log record by compared key, so that a table of names finds its values wherever they are nested.
import type { Header } from "../../src/model/exchange.ts";
import { CONTAINERS } from "./access-keys.ts";
import type { JsonObject } from "./json.ts";
import { isObject, sizeOf, textOf } from "./json.ts";

// Access logs nest two or three levels; deeper objects are payloads.
const MAX_DEPTH = 3;
// Several times the fields of the longest known format; more only costs time.
const MAX_KEYS = 512;
// Keys of one log are few and always the same: remembering them saves half the time of a line (test/bench).
const MAX_REMEMBERED = 4096;

/** Values of one record by compared key; the shallower of two equal keys wins. */
export type FlatRecord = ReadonlyMap<string, unknown>;

export function flatten(record: JsonObject): FlatRecord {
  const flat = new Map<string, unknown>();
  let level: (readonly [prefix: string, object: JsonObject])[] = [["", record]];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const [prefix, object] of level) flattenInto(flat, next, { prefix, object });
    level = next;
  }
  return flat;
}

function flattenInto(
  flat: Map<string, unknown>,
  next: (readonly [string, JsonObject])[],
  { prefix, object }: { readonly prefix: string; readonly object: JsonObject },
): void {
  for (const key of Object.keys(object)) {
    if (flat.size >= MAX_KEYS) return;
    const { compared } = meaningOf(key);
    const name = prefix === "" ? compared : prefix + compared;
    const value = object[key];
    if (!flat.has(name)) flat.set(name, value);
    if (!isObject(value)) continue;
    if (CONTAINERS.has(compared)) next.push(["", value]);
    next.push([name, value]);
  }
}

interface Meaning {
  /** Lower case, letters and digits only. */
  readonly compared: string;
  /** The header that the key is named after, and whose. */
  readonly header: string | undefined;
  readonly side: "request" | "response";
}

const meanings = new Map<string, Meaning>();

function meaningOf(key: string): Meaning {
  const known = meanings.get(key);
  if (known !== undefined) return known;
  const meaning = newMeaning(key);
  if (meanings.size < MAX_REMEMBERED) meanings.set(key, meaning);
  return meaning;
}

// nginx names header variables http_NAME and sent_http_NAME, Traefik request_Name and downstream_Name.
const RESPONSE_FIELD = /^(?:sent_http_|downstream_(?=[A-Z]))([\w-]+)$/;
const REQUEST_FIELD = /^(?:http_|request_(?=[A-Z]))([\w-]+)$/;
const NOT_HEADERS = /^http_(?:host|method|status|status_code|version|scheme|target|route|path|url)$/;

function newMeaning(key: string): Meaning {
  const response = RESPONSE_FIELD.exec(key)?.[1];
  const request = NOT_HEADERS.test(key) ? undefined : REQUEST_FIELD.exec(key)?.[1];
  return {
    compared: key.toLowerCase().replace(/[^a-z0-9]/g, ""),
    header: (response ?? request)?.toLowerCase().replaceAll("_", "-"),
    side: response === undefined ? "request" : "response",
  };
}

/** Headers whose names are in the record's keys. */
export function namedHeaders(record: JsonObject, side: "request" | "response"): readonly Header[] {
  const headers: Header[] = [];
  for (const key of Object.keys(record)) {
    const meaning = meaningOf(key);
    const value = record[key];
    if (meaning.header === undefined || meaning.side !== side) continue;
    if (typeof value === "string" && value !== "" && value !== "-") headers.push([meaning.header, value]);
  }
  return headers;
}

/** The first value of the row that says something: text that is not empty or "-", or a number. */
export function told(flat: FlatRecord, row: readonly string[]): string | number | undefined {
  for (const key of row) {
    const value = flat.get(key);
    if (typeof value === "number" || (typeof value === "string" && value !== "" && value !== "-"))
      return value;
  }
  return undefined;
}

export function toldText(flat: FlatRecord, row: readonly string[]): string | undefined {
  const value = told(flat, row);
  return typeof value === "number" ? String(value) : textOf(value);
}

export function toldSize(flat: FlatRecord, row: readonly string[]): number | null {
  return sizeOf(told(flat, row));
}
