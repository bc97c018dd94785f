// What one segment's traffic says: how often it is asked for, how it is answered beside its siblings, what lies below.
import type { Distinct } from "../../model/bounded.ts";
import type { Place } from "./place.ts";
import type { Below, Outline, Shapes } from "./similarity.ts";
import {
  answersLikenessBelow,
  belowLikeness,
  idsBelow,
  meanOf,
  medianOf,
  outlineLikeness,
  shapeLikeness,
} from "./similarity.ts";
import type { Templater } from "./templater.ts";
import { tokenClass } from "./token.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { Values } from "./word-features.ts";

/** Whether a value with this keyed hash was returned by the service: null where the sample does not tell. */
export type WasReturned = (hash: number) => boolean | null;

/** Everything the features of one service's places are computed with. */
export interface FeatureTools {
  readonly vocabulary: Vocabulary;
  readonly templater: Templater;
  readonly wasReturned: WasReturned;
  /** At how many places of the service a segment's text stands. */
  readonly recurrence: ReadonlyMap<string, number>;
}

/** A child as others are compared with it. */
export interface Peer {
  readonly segment: string;
  readonly outline: Outline;
  readonly below: Distinct;
  readonly shapes: Shapes;
  readonly methods: string;
}

export function peerOf(segment: string, child: Place, templater: Templater): Peer {
  return {
    segment,
    outline: templater.outline(child),
    below: templater.below(child),
    shapes: templater.shapes(child),
    methods: methodsOf(child),
  };
}

/** What the children of a place have in common. */
export interface Crowd {
  readonly total: number;
  /** A sample of those that may be words or values. */
  readonly peers: readonly Peer[];
  /** Of the values for sure that stand here, seen as one; null when there are none. */
  readonly hard: Outline | null;
  /** How many of those that may be words or values have each class. */
  readonly ofClass: ReadonlyMap<string, number>;
  readonly soft: number;
  readonly values: Readonly<Record<string, number>>;
}

export function methodsOf({ ends }: Place): string {
  return [...ends.keys()].sort().join();
}

/** Items are read, and changed or removed; what is only ever posted to is done, not had. */
function endsKind({ ends }: Place): "none" | "read" | "post" | "write" | "several" {
  const methods = [...ends.keys()].filter((method) => method !== "HEAD" && method !== "OPTIONS");
  if (methods.length === 0) return "none";
  if (methods.length > 1) return "several";
  return methods[0] === "GET" ? "read" : methods[0] === "POST" ? "post" : "write";
}

// Something asked for as often that never was called anything else has one name.
const OFTEN = 100;

export function addCount(values: Values, child: Place, { total }: Crowd): void {
  const share = Math.min(1, child.requests / total);
  values["share"] = share;
  values["logShare"] = Math.log(share);
  values["onceItself"] = child.requests === 1 ? 1 : 0;
  values["idsBelow"] = idsBelow(child);
  values["versionsBelow"] = versionsBelow(child);
  values["children"] = Math.log1p(child.children.size);
  values["ends"] = child.ends.size > 0 ? 1 : 0;
  values["endsAndGoesOn"] = child.ends.size > 0 && child.children.size > 0 ? 1 : 0;
  values["onlyOften"] = (values["only"] ?? 0) * Math.min(1, Math.log(child.requests) / Math.log(OFTEN));
  values[`ends:${endsKind(child)}`] = 1;
  values["changeable"] = child.ends.has("PUT") || child.ends.has("PATCH") ? 1 : 0;
  values["removable"] = child.ends.has("DELETE") ? 1 : 0;
  values["lists"] = [...child.ends.values()].some(({ listed }) => listed > 0) ? 1 : 0;
}

function versionsBelow(child: Place): number {
  let requests = 0;
  for (const [name, next] of child.children) if (tokenClass(name) === "version") requests += next.requests;
  return requests / Math.max(1, child.requests);
}

export interface Child {
  readonly segment: string;
  readonly child: Place;
  readonly crowd: Crowd;
  readonly tools: FeatureTools;
}

export function addLikeness(values: Values, { segment, child, crowd, tools }: Child): void {
  const own = crowd.peers.find((peer) => peer.segment === segment) ?? peerOf(segment, child, tools.templater);
  const others = crowd.peers.filter((peer) => peer !== own);
  const likes = others.map(({ outline }) => outlineLikeness(own.outline, outline));
  const shapes = others.flatMap(({ outline }) => shapeLikeness(own.outline, outline) ?? []);
  values["like"] = meanOf(likes, 0.5);
  values["likest"] = Math.max(0, ...likes);
  values["shape"] = meanOf(shapes, 0.5);
  values["shapest"] = shapes.length === 0 ? 0.5 : Math.max(...shapes);
  const answers = others.flatMap((other) => answersLikenessBelow(own.shapes, other.shapes) ?? []);
  const deep = answers.map((answer) => answer.like);
  values["deepConflict"] = meanOf(
    answers.map((answer) => answer.conflicts),
    0,
  );
  values["deepShape"] = meanOf(deep, 0.5);
  values["deepShapeUsually"] = deep.length === 0 ? 0.5 : medianOf(deep);
  const sameMethods = others.map(({ methods }) => (methods === own.methods ? 1 : 0));
  values["sameMethods"] = own.methods === "" ? 0 : meanOf(sameMethods, 0);
  values["likeHard"] = crowd.hard === null ? 0.5 : outlineLikeness(own.outline, crowd.hard);
  values["ofClass"] = (crowd.ofClass.get(tokenClass(segment)) ?? 1) / crowd.soft;
  addBelow(
    values,
    own.below,
    others.map(({ below }) => belowLikeness(own.below, below)),
  );
}

function addBelow(values: Values, below: Distinct, likes: readonly Below[]): void {
  const jaccard = meanOf(
    likes.map((like) => like.jaccard),
    0.5,
  );
  const containment = meanOf(
    likes.map((like) => like.containment),
    0.5,
  );
  const shared = Math.log1p(
    meanOf(
      likes.map((like) => like.shared),
      0,
    ),
  );
  values["below"] = jaccard;
  values["contained"] = containment;
  values["shared"] = shared;
  values["sharedMuch"] = Math.max(0, shared - 1.6) * containment;
  values["sharedVeryMuch"] = Math.max(0, shared - 2.3) * jaccard;
  values["sharedUsually"] =
    Math.log1p(medianOf(likes.map((like) => like.shared))) * medianOf(likes.map((like) => like.containment));
  values["unshared"] = Math.log1p(below.length) - shared;
}

export function addProvenance(values: Values, child: Place, tools: FeatureTools): void {
  const returned = returnedOf(child, tools);
  values["returned"] = returned ?? 0;
  values["notReturned"] = returned === 0 ? 1 : 0;
}

export function returnedOf({ hash }: Place, { wasReturned }: FeatureTools): number | null {
  const known = hash === null ? null : wasReturned(hash);
  return known === null ? null : known ? 1 : 0;
}
