// Headers of several fields that name a workload among other things: client certificates, baggage, Istio's metadata.
import type { Declaration } from "../../model/declared.ts";
import type { ProtoField } from "../grpc/protobuf.ts";
import { readProtobuf } from "../grpc/protobuf.ts";
import type { Form } from "./forms.ts";
import { spiffeId, workloadOfPod } from "./forms.ts";

// Servers accept 8 KiB of one header; certificates within these may be longer in front of gateways of one's own.
const MAX_TEXT = 16_384;

/*
  Envoy, x-forwarded-client-cert: element *( "," element ), the nearest proxy's last; element = key "=" value *( ";" … );
  a value with "," ";" or "=" stands in quotes. By: who was spoken to, URI: who speaks, both as SPIFFE-IDs.
*/
const PAIR = /([A-Za-z]{2,12})=("(?:[^"\\]|\\.)*"|[^;,"]*)(?:[;,]\s*|$)/gy;

function lastOf(text: string, wanted: string): string | undefined {
  if (text.length > MAX_TEXT) return undefined;
  let last: string | undefined;
  for (const [, key = "", value = ""] of text.matchAll(PAIR)) {
    if (key.toLowerCase() === wanted) last = value.replace(/^"|"$/g, "");
  }
  return last;
}

export const certificateBy: Form = (text) => spiffeId(lastOf(text, "by") ?? "");
export const certificateUri: Form = (text) => spiffeId(lastOf(text, "uri") ?? "");

/*
  W3C Baggage: list-member *( "," list-member ); member = key "=" value *( ";" property ), values percent-encoded. Keys as in
  OpenTelemetry's resource conventions, which meshes and SDKs write.
*/
export const baggage: Form = (text) => {
  const held = new Map<string, string>();
  for (const member of text.slice(0, MAX_TEXT).split(",")) {
    const [, key, value] = /^\s*([\w.-]{1,64})\s*=\s*([^;\s]{1,256})/.exec(member) ?? [];
    if (key !== undefined && value !== undefined) held.set(key, decoded(value));
  }
  const namespace = held.get("k8s.namespace.name");
  const service = held.get("service.name");
  if (service !== undefined) return { kind: "service", name: service, namespace };
  const workload = WORKLOADS.map((key) => held.get(key)).find((name) => name !== undefined);
  return (workload ?? namespace) === undefined ? null : { kind: "workload", name: workload, namespace };
};

const WORKLOADS = ["k8s.deployment.name", "k8s.statefulset.name", "k8s.daemonset.name"];

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/*
  Istio, x-envoy-peer-metadata: base64 of a google.protobuf.Struct with NAME (of the pod), NAMESPACE, WORKLOAD_NAME and LABELS.
    Struct { map<string, Value> fields = 1 }    entry { key = 1, value = 2 }    Value { string = 3, struct = 5 }
*/
export const istioMetadata: Form = (text) => {
  if (text.length > MAX_TEXT || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const read = readProtobuf(Buffer.from(text, "base64"));
  const entries = read.ok ? entriesOf(read.value) : new Map<string, readonly ProtoField[]>();
  const said = (name: string): string | undefined => textOf(entries.get(name), 3);
  const name = said("WORKLOAD_NAME") ?? workloadOfPod(said("NAME") ?? "");
  const namespace = said("NAMESPACE");
  if ((name ?? namespace) === undefined) return null;
  return { kind: "workload", name, namespace, labels: labelsOf(entries.get("LABELS")) };
};

function labelsOf(value: readonly ProtoField[] | undefined): Declaration["labels"] {
  const labels: Record<string, string> = {};
  for (const [key, of] of entriesOf(fieldsOf(value, 5))) {
    const text = textOf(of, 3);
    if (text !== undefined && key !== "__proto__") labels[key] = text;
  }
  return labels;
}

/** Entries of a Struct to the fields of their Value. */
function entriesOf(struct: readonly ProtoField[]): ReadonlyMap<string, readonly ProtoField[]> {
  const entries = new Map<string, readonly ProtoField[]>();
  for (const { number, value } of struct) {
    const entry = number === 1 && value.wire === "counted" ? value.fields : null;
    if (entry === null || entry === "unread") continue;
    const key = textOf(entry, 1);
    if (key !== undefined) entries.set(key, fieldsOf(entry, 2));
  }
  return entries;
}

function fieldsOf(fields: readonly ProtoField[] | undefined, wanted: number): readonly ProtoField[] {
  const value = fields?.find(({ number }) => number === wanted)?.value;
  return value?.wire !== "counted" || value.fields === "unread" ? [] : (value.fields ?? []);
}

function textOf(fields: readonly ProtoField[] | undefined, wanted: number): string | undefined {
  const value = fields?.find(({ number }) => number === wanted)?.value;
  return value?.wire === "counted" ? (value.text ?? undefined) : undefined;
}
