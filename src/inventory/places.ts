// Which workload or network an address belongs to, as people say in a file: traffic tells addresses, and names only of meshes.
import ipaddr from "ipaddr.js";
import { parse } from "yaml";
import { z } from "zod";

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
  | { readonly ok: true; readonly places: readonly Place[] }
  /** One sentence that names what is wrong and where. */
  | { readonly ok: false; readonly problem: string };

// Kubernetes: names are DNS-1123 labels, label values up to 63 of these characters.
const DNS_LABEL = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
const LABEL_KEY = z.string().regex(/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);
const LABEL_VALUE = z.string().regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/);
// More workloads than a cluster has (Kubernetes: 150,000 pods); the file is read into memory.
const MAX_PLACES = 20_000;

/*
  places:
    - name: checkout
      kind: workload            # or users, agents
      addresses: [10.0.3.0/24, 10.0.9.7]
      namespace: shop
      labels: { app: checkout }
      service_account: checkout
*/
const FILE = z.strictObject({
  places: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(253),
        kind: z.enum(["workload", "users", "agents"]).default("workload"),
        addresses: z
          .array(z.string().refine(isNetwork, "must be an address or a network like 10.0.3.0/24"))
          .min(1),
        namespace: DNS_LABEL.nullable().default(null),
        labels: z.record(LABEL_KEY, LABEL_VALUE).default({}),
        service_account: DNS_LABEL.nullable().default(null),
      }),
    )
    .max(MAX_PLACES),
});

export function readPlaces(text: string): PlacesRead {
  try {
    const read = FILE.safeParse(parse(text, { maxAliasCount: 0 }));
    if (read.success) return { ok: true, places: read.data.places.map(placeOf) };
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

function isNetwork(text: string): boolean {
  return networkOf(text) !== null;
}

interface Network {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
}

function networkOf(text: string): Network | null {
  const [host = "", prefix] = text.split("/", 2);
  if (!ipaddr.isValid(host)) return null;
  const address = ipaddr.process(host);
  const most = address.kind() === "ipv4" ? 32 : 128;
  const bits = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  return bits >= 0 && bits <= most ? { address, bits } : null;
}

/** Where an address belongs; null when nobody said. */
export type PlaceFinder = (address: string) => Place | null;

/** The narrowest network that holds the address wins; of equal ones, the first in the file. */
export function createPlaceFinder(places: readonly Place[]): PlaceFinder {
  const networks = places
    .flatMap((place) => place.addresses.map((text) => ({ place, network: networkOf(text) })))
    .sort((a, b) => (b.network?.bits ?? 0) - (a.network?.bits ?? 0));
  const known = new Map<string, Place | null>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const place = ipaddr.isValid(text) ? holding(networks, ipaddr.process(text)) : null;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, place);
    return place;
  };
}

// Addresses of one inventory; a full table is emptied rather than grown.
const MAX_KNOWN = 20_000;

function holding(
  networks: readonly { readonly place: Place; readonly network: Network | null }[],
  address: ipaddr.IPv4 | ipaddr.IPv6,
): Place | null {
  const found = networks.find(
    ({ network }) =>
      network !== null &&
      network.address.kind() === address.kind() &&
      address.match(network.address, network.bits),
  );
  return found?.place ?? null;
}
