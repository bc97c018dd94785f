// Tunnel datagrams give the packet inside, or a reason why not, and never an exception.
import fc from "fast-check";
import { expect, test } from "vitest";
import { TUNNELS, type TunnelId, createUnwrap } from "../../../collectors/mirror/tunnel.ts";
import { geneve, vxlan } from "./tunnels.ts";

const FRAME = Buffer.from("an inner packet");

test.each<[string, TunnelId, Buffer, unknown]>([
  [
    "VXLAN carries Ethernet",
    "vxlan",
    vxlan(FRAME),
    { kind: "packet", linkType: 1, network: 8, bytes: FRAME },
  ],
  [
    "GENEVE may carry Ethernet",
    "geneve",
    geneve(FRAME),
    { kind: "packet", linkType: 1, network: 10, bytes: FRAME },
  ],
  [
    "GENEVE may carry IPv4",
    "geneve",
    geneve(FRAME, 0x0800),
    { kind: "packet", linkType: 228, network: 10, bytes: FRAME },
  ],
  [
    "GENEVE may carry IPv6",
    "geneve",
    geneve(FRAME, 0x86dd, 0),
    { kind: "packet", linkType: 229, network: 10, bytes: FRAME },
  ],
  ["GENEVE may carry ARP", "geneve", geneve(FRAME, 0x0806), { kind: "other-protocol" }],
  [
    "a short VXLAN header",
    "vxlan",
    vxlan(FRAME).subarray(0, 7),
    { kind: "malformed", weird: "tunnel.short" },
  ],
  ["VXLAN without a packet", "vxlan", vxlan(Buffer.alloc(0)), { kind: "malformed", weird: "tunnel.short" }],
  [
    "options beyond the end",
    "geneve",
    geneve(FRAME).subarray(0, 20),
    { kind: "malformed", weird: "tunnel.short" },
  ],
  ["another GENEVE version", "geneve", Buffer.alloc(64, 0x40), { kind: "malformed", weird: "tunnel.geneve" }],
])("%s", (_what, tunnel, datagram, expected) => {
  expect(createUnwrap(tunnel)(datagram)).toEqual(expected);
});

test("any bytes give an answer, and one datagram does not touch the next", () => {
  const bytes = fc.uint8Array({ maxLength: 80 });
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(TUNNELS) as TunnelId[])), bytes, (tunnel, datagram) => {
      const unwrap = createUnwrap(tunnel);
      const alone = unwrap(Buffer.from(datagram));
      unwrap(Buffer.alloc(3));
      expect(unwrap(Buffer.from(datagram))).toEqual(alone);
    }),
  );
});
