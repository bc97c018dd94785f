// Finds hosts that are one service for several tenants or regions: names that differ in one label, routes that do not.
import { skeletonOf } from "../../model/identity.ts";
import type { RouteEvidence } from "../../model/route.ts";
import { keysLikeness, meanOf } from "./similarity.ts";
import type { GroupedTemplate } from "./template-set.ts";
import { tokenClass } from "./token.ts";

export interface ServiceTemplates {
  readonly authority: string;
  readonly templates: readonly GroupedTemplate[];
}

/** Hosts that answer alike. Nothing is joined by it: whoever shows them apart again loses nothing. */
export interface HostGroup {
  /** `{tenant}.api.example.com`, with the port where there is one. */
  readonly pattern: string;
  readonly variable: "tenant" | "region" | "locale";
  /** At least two, sorted. */
  readonly members: readonly { readonly authority: string; readonly value: string }[];
}

/** Share of the smaller one's templates that the other has too. */
const SAME_TEMPLATES = 0.6;
/** Mean likeness of what equal templates answer; optional fields keep it below one. */
const SAME_ANSWERS = 0.5;
/** Fewer templates in common are chance: most services have a health check and a login. */
const COMMON = 3;
/** Hosts compared with each other under one pattern; the rest joins the first that fits. */
const MOST_LEADERS = 32;

/** Labels that say what a host is for, not for whom: production and its test bed are two services. */
const PURPOSE =
  /^(?:www\d*|api|apis|app|apps|admin|auth|login|sso|id|cdn|static|assets|img|images|media|mail|smtp|ftp|git|blog|docs|help|support|status|shop|m|mobile|web|portal|gateway|internal|public|private|dev|develop|development|test|testing|qa|uat|int|stage|staging|preprod|prod|production|demo|sandbox|beta|alpha|canary|preview)(?:[-\d].*)?$/i;

/** Deterministic in the set of services, whatever their order. Each service is in at most one group. */
export function groupHosts(services: readonly ServiceTemplates[]): readonly HostGroup[] {
  const byPattern = new Map<string, Named[]>();
  for (const service of services) {
    const read = readService(service);
    if (read.templates.size < COMMON) continue;
    for (const { pattern, value } of patternsOf(service.authority)) {
      byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), { ...read, value }]);
    }
  }
  const found = [...byPattern].flatMap(([pattern, named]) =>
    alikeIn(named).map((members) => ({ pattern, members })),
  );
  return disjoint(found);
}

interface Named {
  readonly authority: string;
  readonly value: string;
  readonly templates: ReadonlyMap<string, RouteEvidence>;
}

function readService({ authority, templates }: ServiceTemplates): Omit<Named, "value"> {
  const published = new Map<string, RouteEvidence>();
  for (const { method, template, reason, evidence } of templates) {
    if (reason === "decided" || reason === "documented" || reason === "declared")
      published.set(`${method} ${skeletonOf(template.path)}`, evidence);
  }
  return { authority, templates: published };
}

/** One for each label that may be a variable: never the registered domain itself, never an address. */
function patternsOf(authority: string): readonly { readonly pattern: string; readonly value: string }[] {
  const [host = "", port] = authority.split(":", 2);
  const labels = host.split(".");
  if (host.startsWith("[") || /^\d+$/.test(labels.at(-1) ?? "")) return [];
  const registered = isShortSuffix(labels) ? 3 : 2;
  return labels.slice(0, Math.max(0, labels.length - registered)).flatMap((value, index) => {
    if (PURPOSE.test(value)) return [];
    const pattern = labels.map((label, at) => (at === index ? "{}" : label)).join(".");
    return [{ pattern: port === undefined ? pattern : `${pattern}:${port}`, value }];
  });
}

/** `co.uk`, `com.au`: a country's suffix of two labels (the usual ones of the public suffix list). */
function isShortSuffix(labels: readonly string[]): boolean {
  return labels.at(-1)?.length === 2 && /^(?:co|com|net|org|gov|edu|ac|or|ne)$/.test(labels.at(-2) ?? "");
}

/** Leader clustering from the service with the most templates on. */
function alikeIn(named: readonly Named[]): readonly (readonly Named[])[] {
  const clusters: Named[][] = [];
  const ranked = [...named].sort(
    (a, b) => b.templates.size - a.templates.size || (a.authority < b.authority ? -1 : 1),
  );
  for (const service of ranked) {
    const home = clusters.find(([leader]) => leader !== undefined && isAlike(leader, service));
    if (home !== undefined) home.push(service);
    else if (clusters.length < MOST_LEADERS) clusters.push([service]);
  }
  return clusters.filter(({ length }) => length >= 2);
}

function isAlike({ templates: many }: Named, { templates: few }: Named): boolean {
  const shared = [...few].flatMap(([name, evidence]) => {
    const other = many.get(name);
    return other === undefined ? [] : [[evidence, other] as const];
  });
  if (shared.length < COMMON || shared.length < SAME_TEMPLATES * few.size) return false;
  const likes = shared.flatMap(([a, b]) => keysLikeness(a.keys, b.keys) ?? []);
  return meanOf(likes, 1) >= SAME_ANSWERS;
}

interface Found {
  readonly pattern: string;
  readonly members: readonly Named[];
}

/** The widest groups first; whoever is in one is in no other. */
function disjoint(found: readonly Found[]): readonly HostGroup[] {
  const taken = new Set<string>();
  const groups: HostGroup[] = [];
  const ranked = [...found].sort(
    (a, b) => b.members.length - a.members.length || (a.pattern < b.pattern ? -1 : 1),
  );
  for (const { pattern, members } of ranked) {
    const free = members.filter(({ authority }) => !taken.has(authority));
    if (free.length < 2) continue;
    for (const { authority } of free) taken.add(authority);
    groups.push(groupOf(pattern, free));
  }
  return groups.sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
}

function groupOf(pattern: string, members: readonly Named[]): HostGroup {
  const classes = new Set(members.map(({ value }) => tokenClass(value)));
  const [only] = classes;
  const variable =
    classes.size === 1 && only === "region"
      ? "region"
      : [...classes].every((name) => name === "language" || name === "locale")
        ? "locale"
        : "tenant";
  const sorted = [...members].sort((a, b) => (a.authority < b.authority ? -1 : 1));
  return {
    pattern: pattern.replace("{}", `{${variable}}`),
    variable,
    members: sorted.map(({ authority, value }) => ({ authority, value })),
  };
}
