// Templates from one path alone: for what no template that was decided fits, and for what sources and documents say.
import { isHard } from "../../digest/segment-class.ts";
import type { RouteKey } from "../../model/route.ts";
import type { PathTemplate, Variable } from "../../model/template.ts";
import { nameTemplate } from "../../model/template.ts";
import { classOfValue } from "./naming.ts";
import { isHardCore, tokenClass, tokenOf } from "./token.ts";

/** Names in braces, in order of appearance. */
export function bracedIn(path: string): readonly string[] {
  return Array.from(path.matchAll(/\{([^{}]*)\}/g), ([, name = ""]) => name);
}

function segmentsIn(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

/**
 * Values by form alone: what the digest took out, sure values, and numbers where the path is one of resources. `values`:
 * what is known of the first segments, because other paths begin alike.
 */
export function aloneTemplate(
  { path, style }: Pick<RouteKey, "path" | "style">,
  values: readonly boolean[] = [],
): PathTemplate {
  const classes: string[] = [];
  const written = segmentsIn(path).map((segment, index) => {
    if (style !== "rest") return bare(segment, classes);
    const { core, suffix } = tokenOf(segment);
    if (segment.includes("{") && !isHardCore(core)) return bare(segment, classes);
    const name = isHardCore(core) || values[index] === true ? classOfValue(core) : numberClass(core);
    if (name === null) return segment;
    classes.push(name);
    return `{}${suffix}`;
  });
  const skeleton = path.startsWith("/") ? `/${written.join("/")}` : path.replaceAll(/\{[^{}]*\}/g, "{}");
  const found = path.startsWith("/") ? classes : bracedIn(path);
  return nameTemplate(
    skeleton,
    found.map((name) => ({ class: name })),
  );
}

function bare(segment: string, classes: string[]): string {
  classes.push(...bracedIn(segment));
  return segment.replaceAll(/\{[^{}]*\}/g, "{}");
}

function numberClass(core: string): string | null {
  const name = tokenClass(core);
  return /^(?:int|decimal|date|semver)$/.test(name) ? classOfValue(core) : null;
}

/** As the source declares it. */
export function declaredTemplate(path: string): PathTemplate {
  const skeleton = `/${segmentsIn(path).join("/")}`.replaceAll(/\{[^{}]*\}/g, "{}");
  const variables = bracedIn(path).map((name): Variable =>
    isHard(name) ? { class: name } : { class: "declared", named: "source", name: safeName(name) },
  );
  return nameTemplate(skeleton, variables);
}

/** Names as OpenAPI's tools take them; longer than any that people write are cut. */
function safeName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_.-]/g, "_").slice(0, 64) || "value";
}

/** The document's template and names; the classes are those of what stood there. */
export function documentedTemplate(path: string, template: string): PathTemplate {
  const observed = segmentsIn(path);
  const pieces = segmentsIn(template);
  const skeleton = `/${pieces.join("/")}`.replaceAll(/\{[^{}]*\}/g, "{}");
  const variables = pieces.flatMap((piece, index) => variablesOf(piece, observed[index] ?? ""));
  return nameTemplate(skeleton, variables);
}

function variablesOf(piece: string, observed: string): readonly Variable[] {
  const names = bracedIn(piece);
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
  if (value.includes("{")) return "mixed";
  return numberClass(value) ?? "word";
}
