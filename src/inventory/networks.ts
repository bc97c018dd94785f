// Networks as people write them, 10.0.3.0/24 or one address, and which of several an address lies in.
import ipaddr from "ipaddr.js";

interface Network {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
}

export function isNetwork(text: string): boolean {
  return networkOf(text) !== null;
}

function networkOf(text: string): Network | null {
  const [host = "", prefix, ...more] = text.split("/");
  if (more.length > 0 || !ipaddr.isValid(host)) return null;
  const address = ipaddr.process(host);
  const most = address.kind() === "ipv4" ? 32 : 128;
  const bits = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  return bits >= 0 && bits <= most ? { address, bits } : null;
}

// Addresses of one inventory; a full table is emptied rather than grown.
const MAX_KNOWN = 20_000;

/**
 * What was said of the narrowest network that holds an address; of equal ones, the first. null where none does, and for
 * what is no address.
 */
export function createNetworkFinder<T>(
  said: readonly { readonly network: string; readonly value: T }[],
): (address: string) => T | null {
  const networks = said
    .flatMap(({ network, value }) => {
      const found = networkOf(network);
      return found === null ? [] : [{ network: found, value }];
    })
    .sort((a, b) => b.network.bits - a.network.bits);
  const known = new Map<string, T | null>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = ipaddr.isValid(text) ? holding(networks, ipaddr.process(text)) : null;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, value);
    return value;
  };
}

function holding<T>(
  networks: readonly { readonly value: T; readonly network: Network }[],
  address: ipaddr.IPv4 | ipaddr.IPv6,
): T | null {
  const found = networks.find(
    ({ network }) =>
      network.address.kind() === address.kind() && address.match(network.address, network.bits),
  );
  return found?.value ?? null;
}
