// Which workload or network an address belongs to, as people say in a file: traffic tells addresses, and names only of meshes.
import { parse } from "yaml";
import { z } from "zod";
import type { Exposure, ExposureFinder } from "./exposure.ts";
import { exposureOfAddress } from "./exposure.ts";
import { createNetworkFinder, isNetwork } from "./networks.ts";

/** A workload, a network of users, or anything else that has addresses and a name. */
export interface Place {
  readonly name: string;
  /** "users": people's machines; "agents": hosts that run AI agents; "workload": everything else. */
  readonly kind: "workload" | "users" | "agents";
  readonly addresses: readonly string[];
  readonly namespace: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string | null;
}

export type PlacesRead =
  | { readonly ok: true; readonly places: readonly Place[]; readonly sides: Sides }
  /** One sentence that names what is wrong and where. */
  | { readonly ok: false; readonly problem: string };

// Kubernetes: names are DNS-1123 labels, label values up to 63 of these characters.
const DNS_LABEL = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
const LABEL_KEY = z.string().regex(/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);
const LABEL_VALUE = z.string().regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/);
// More workloads than a cluster has (Kubernetes: 150,000 pods); the file is read into memory.
const MAX_PLACES = 20_000;

const NETWORK = z.string().refine(isNetwork, "must be an address or a network like 10.0.3.0/24");
const NETWORKS = z.array(NETWORK).max(MAX_PLACES);

/*
  internal: [203.0.113.0/24]    # public addresses that are your own
  external: [10.99.0.0/16]      # private addresses that are not
  places:
    - name: checkout
      kind: workload            # or users, agents
      addresses: [10.0.3.0/24, 10.0.9.7]
      namespace: shop
      labels: { app: checkout }
      service_account: checkout
*/
const FILE = z.strictObject({
  internal: NETWORKS.default([]),
  external: NETWORKS.default([]),
  places: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(253),
        kind: z.enum(["workload", "users", "agents"]).default("workload"),
        addresses: z.array(NETWORK).min(1),
        namespace: DNS_LABEL.nullable().default(null),
        labels: z.record(LABEL_KEY, LABEL_VALUE).default({}),
        service_account: DNS_LABEL.nullable().default(null),
      }),
    )
    .max(MAX_PLACES)
    .default([]),
});

const WITH_SIDES = FILE.refine(
  ({ internal, external }) =>
    new Set([...internal, ...external]).size === new Set(internal).size + new Set(external).size,
  { message: "a network cannot be both internal and external" },
);

export function readPlaces(text: string): PlacesRead {
  try {
    const read = WITH_SIDES.safeParse(parse(text, { maxAliasCount: 0 }));
    if (read.success) {
      const { places, ...sides } = read.data;
      return { ok: true, places: places.map(placeOf), sides };
    }
    const [issue] = read.error.issues;
    return {
      ok: false,
      problem: `${issue?.path.join(".") || "the file"}: ${issue?.message ?? "is not as expected"}`,
    };
  } catch {
    return { ok: false, problem: "the file is no YAML" };
  }
}

function placeOf({
  service_account: serviceAccount,
  ...rest
}: z.infer<typeof FILE>["places"][number]): Place {
  return { ...rest, serviceAccount };
}

/** Where an address belongs; null when nobody said. */
export interface PlaceFinder {
  (address: string): Place | null;
  /** On which side it is, as people said; absent: as ranges of addresses say. */
  readonly exposureAt?: ExposureFinder;
}

/** Networks that are on another side than their addresses say. */
export interface Sides {
  /** Public addresses that are one's own. */
  readonly internal: readonly string[];
  /** Private addresses that are not, as of partners. */
  readonly external: readonly string[];
}

/** The narrowest network that holds the address wins; of equal ones, the first in the file. */
export function createPlaceFinder(
  places: readonly Place[],
  { internal, external }: Sides = { internal: [], external: [] },
): PlaceFinder {
  const find = createNetworkFinder(
    places.flatMap((place) => place.addresses.map((network) => ({ network, value: place }))),
  );
  if (internal.length + external.length === 0) return find;
  const side = (networks: readonly string[], value: Exposure) =>
    networks.map((network) => ({ network, value }));
  const sideOf = createNetworkFinder([...side(internal, "internal"), ...side(external, "external")]);
  const exposureAt: ExposureFinder = (address) => sideOf(address) ?? exposureOfAddress(address);
  return Object.assign((address: string) => find(address), { exposureAt });
}
