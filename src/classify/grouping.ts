// Turns the path of a sighting into a template: conservative, from one path alone and what documents say about it.
import { isHard } from "../digest/segment-class.ts";
import type { DocumentMatch } from "../model/document.ts";
import type { SightingKey } from "../model/sighting.ts";
import { nameTemplate } from "../model/template.ts";
import type { PathTemplate, Variable } from "../model/template.ts";
import { classesIn, readHard, readSoft, valueClass } from "./soft-segment.ts";
import type { ReadSegment } from "./soft-segment.ts";

/** What the documents say about the method and path of a key. */
export type DocumentedTemplates = (key: SightingKey) => DocumentMatch;

/**
 * The seam of grouping. A function of its arguments alone, so that any order and any partition of sightings gives the
 * same endpoints; equal skeletons are one endpoint.
 */
export function templateOf(key: SightingKey, documented: DocumentedTemplates): PathTemplate {
  const match = documented(key);
  if (match.kind !== "none") return documentedTemplate(key.path, match.template);
  if (!key.path.startsWith("/")) return wholePath(key.path);
  return key.declared ? declaredTemplate(key.path) : inferredTemplate(key);
}

/** `*` of OPTIONS, and the target of CONNECT. */
function wholePath(path: string): PathTemplate {
  const skeleton = path.replaceAll(/\{[^{}]*\}/g, "{}");
  return nameTemplate(
    skeleton,
    classesIn(path).map((name) => ({ class: name })),
  );
}

function segmentsIn(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

/** Words of protocols on top (RPC, GraphQL, SOAP) are names of routes: only what the digest took out is a value. */
function inferredTemplate(key: SightingKey): PathTemplate {
  const soft = key.style === "rest" && key.protocol !== "grpc";
  const segments = segmentsIn(key.path);
  const read: ReadSegment[] = [];
  for (const [index, segment] of segments.entries()) {
    const around = {
      before: segments[index - 1] ?? "",
      behind: segments[index + 1] ?? "",
      behindValue: read.some((held) => held.classes.length > 0),
    };
    read.push(segment.includes("{") || !soft ? readHard(segment) : readSoft(segment, around));
  }
  const skeleton = `/${read.map((held) => held.skeleton).join("/")}`;
  return nameTemplate(
    skeleton,
    read.flatMap((held) => held.classes.map((name) => ({ class: name }))),
  );
}

function declaredTemplate(path: string): PathTemplate {
  const skeleton = `/${segmentsIn(path).join("/")}`.replaceAll(/\{[^{}]*\}/g, "{}");
  const variables = classesIn(path).map((name): Variable =>
    isHard(name) ? { class: name } : { class: "declared", named: "source", name: safeName(name) },
  );
  return nameTemplate(skeleton, variables);
}

/** Names as OpenAPI's tools take them; longer than any that people write are cut. */
function safeName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_.-]/g, "_").slice(0, 64) || "value";
}

/** The document's template and names; the classes are those of what stood there. */
function documentedTemplate(path: string, template: string): PathTemplate {
  const observed = segmentsIn(path);
  const pieces = segmentsIn(template);
  const skeleton = `/${pieces.join("/")}`.replaceAll(/\{[^{}]*\}/g, "{}");
  const variables = pieces.flatMap((piece, index) => variablesOf(piece, observed[index] ?? ""));
  return nameTemplate(skeleton, variables);
}

function variablesOf(piece: string, observed: string): readonly Variable[] {
  const names = classesIn(piece);
  return names.map((name) => ({
    name: safeName(name),
    named: "document",
    class: names.length === 1 ? classAt(piece, observed) : "mixed",
  }));
}

/** The class of what stands in `observed` where `piece` has its one variable. */
function classAt(piece: string, observed: string): string {
  const [front = "", back = ""] = piece.split(/\{[^{}]*\}/);
  const value = observed.slice(front.length, observed.length - back.length);
  const [, hard] = /^\{([^{}]*)\}$/.exec(value) ?? [];
  if (hard !== undefined) return hard;
  return value.includes("{") ? "mixed" : (valueClass(value) ?? "word");
}
