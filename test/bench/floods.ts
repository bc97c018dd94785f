// Traffic made to exhaust the wire's memory, a million packets of each kind: peak memory, CPU time and what was counted.
// node dist/test/bench/floods.js [name …] [--packets N]
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { createUnwrap } from "../../collectors/mirror/tunnel.ts";
import { createWire } from "../../collectors/wire/wire.ts";
import { frame } from "../collectors/wire/http2/build.ts";
import { HpackEncoder } from "../collectors/wire/hpack/encode.ts";
import { clientHello, message, record, sni } from "../collectors/wire/tls/hello-bytes.ts";
import { crypto, initial } from "../collectors/wire/quic/seal.ts";
import { ethernet, ipv4, packet, T0, udp } from "../support/packets.ts";
import { SYN, Tap } from "../support/wire/tap.ts";

const { values, positionals } = parseArgs({
  options: { packets: { type: "string", default: "1000000" }, part: { type: "string" } },
  allowPositionals: true,
});
const PACKETS = Number(values.packets);
/** Twice what is followed at once. */
const FLOWS = 60_000;
const text = (value: string): Buffer => Buffer.from(value, "latin1");
const filler = (bytes: number): Buffer => Buffer.alloc(bytes, "x");

/** `PACKETS` segments, one connection after the other, `said` what each sends in its first rounds; then `more`. */
function cycle(
  said: readonly Uint8Array[],
  more: Uint8Array,
  { flows = FLOWS, side = 0 as 0 | 1 } = {},
): Tap {
  const tap = new Tap();
  const starts = said.map((_, round) => said.slice(0, round).reduce((sum, { length }) => sum + length, 1));
  const all = said.reduce((sum, { length }) => sum + length, 1);
  for (let n = 0; n < PACKETS; n++) {
    const round = Math.floor(n / flows);
    const seq = starts[round] ?? all + (round - said.length) * more.length;
    tap.segment({ flow: n % flows, side, seq, data: said[round] ?? more });
  }
  return tap;
}

const HEAD = text("POST /a HTTP/1.1\r\nHost: shop.test\r\nContent-Type: application/json\r\n");
const GET = text("GET /a/b?c=d HTTP/1.1\r\nHost: shop.test\r\nAccept: */*\r\n\r\n");
const PREFACE = text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const HELLO = record(22, message(1, clientHello([0x1301], [sni("shop.test"), [21, [...filler(1_000)]]])));

/** A block whose fields all go into the table; with the update, into one of 64 KiB. */
const TABLE = new HpackEncoder().encode(
  Array.from({ length: 8 }, (_, n) => [`x-${n}`, "v".repeat(120)] as const),
);

function datagrams(bytesOf: (n: number) => Buffer): { end(): { counters: Record<string, number> } } {
  const counters: Record<string, number> = {};
  const count = (name: string, by = 1): void => void (counters[name] = (counters[name] ?? 0) + by);
  const wire = createWire(
    { exchange: () => {}, weird: ({ name }) => count(name), count },
    { source: "mirror" },
  );
  for (let n = 0; n < PACKETS; n++) wire.packet(packet(bytesOf(n), { at: T0 + n / 100 }));
  return { end: () => (wire.end(), { counters }) };
}

const address = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

/** Each in a process of its own, so that peaks do not mix. */
const FLOODS: Readonly<Record<string, () => { end(): { counters: Record<string, number> } }>> = {
  syns() {
    const tap = new Tap();
    for (let flow = 0; flow < PACKETS; flow++) tap.segment({ flow, seq: flow * 7, flags: SYN });
    return tap;
  },
  "heads never ended": () => cycle([HEAD], text(`X-F: ${"y".repeat(40)}\r\n`)),
  "long lines": () => cycle([HEAD], filler(200)),
  "bodies never ended": () => cycle([text(`${HEAD}Content-Length: 999999\r\n\r\n`)], filler(1_000)),
  "tiny bodies": () => cycle([text(`${HEAD}Content-Length: 999999\r\n\r\n`)], filler(1)),
  "requests never answered": () => cycle([], GET),
  "requests in flights": () => cycle([], Buffer.concat(Array(12).fill(GET))),
  "answers to nobody": () => cycle([text("HTTP/1.1 200 OK\r\nA: b\r\n\r\n")], filler(300), { side: 1 }),
  "event streams": () =>
    cycle([text("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")], text("data: x\n\n"), {
      side: 1,
    }),
  "upgrades, early data": () =>
    cycle(
      [text("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")],
      filler(200),
    ),
  "one byte each": () => cycle([], filler(1)),
  "one byte each, one connection": () => cycle([], filler(1), { flows: 1 }),
  "behind holes": () => {
    const tap = new Tap();
    const data = filler(100);
    for (let n = 0; n < PACKETS; n++) {
      const round = Math.floor(n / FLOWS);
      tap.segment({ flow: n % FLOWS, seq: 1 + round * 200, data });
    }
    return tap;
  },
  hellos: () => cycle([HELLO], record(23, filler(100))),
  "hellos cut": () => cycle([HELLO.subarray(0, 700)], filler(1), { flows: PACKETS }),
  "records cut": () => cycle([HELLO], record(23, filler(1_000)).subarray(0, 990)),
  "http2 tables": () =>
    cycle(
      [Buffer.concat([PREFACE, frame(4, 0, 0)]), frame(1, 4, 1, TABLE), frame(1, 4, 3, TABLE)],
      frame(1, 4, 5, TABLE),
    ),
  "http2 blocks cut": () =>
    cycle(
      [Buffer.concat([PREFACE, frame(4, 0, 0)]), frame(1, 0, 1, filler(1_000))],
      frame(9, 0, 1, filler(1_000)),
    ),
  "http2 bodies": () =>
    cycle(
      [
        Buffer.concat([PREFACE, frame(4, 0, 0)]),
        frame(
          1,
          4,
          1,
          new HpackEncoder().encode([
            [":method", "POST"],
            [":path", "/a"],
          ]),
        ),
      ],
      frame(0, 0, 1, filler(1_000)),
    ),
  "http2 streams": () => {
    const block = new HpackEncoder().encode([
      [":method", "POST"],
      [":path", "/a"],
      [":authority", "shop.test"],
    ]);
    const tap = new Tap();
    const said = [Buffer.concat([PREFACE, frame(4, 0, 0)])];
    const opened = (round: number): Buffer =>
      Buffer.concat(Array.from({ length: 24 }, (_, n) => frame(1, 4, round * 48 + n * 2 + 1, block)));
    let seq = 1;
    for (let round = 0; round * FLOWS < PACKETS; round++) {
      const data = said[round] ?? opened(round);
      for (let flow = 0; flow < FLOWS; flow++) tap.segment({ flow, seq, data });
      seq += data.length;
    }
    return tap;
  },
  datagrams: () =>
    datagrams((n) => ethernet(ipv4(udp(filler(20), 9_999, n & 0xffff), { from: address(n), protocol: 17 }))),
  "quic beginnings": () => {
    const datagram = initial(
      crypto(0, message(1, clientHello([0x1301], [sni("shop.test")])).subarray(0, 60)),
    );
    return datagrams((n) =>
      ethernet(ipv4(udp(datagram, 443, n & 0xffff), { from: address(n), protocol: 17 })),
    );
  },
  fragments: () =>
    datagrams((n) =>
      ethernet(
        ipv4(filler(800), { from: address(n >> 2), id: n & 0xffff, offset: (n & 3) * 2_000, more: true }),
      ),
    ),
  "many networks": () => {
    const unwrap = createUnwrap("vxlan");
    const counters: Record<string, number> = {};
    const count = (name: string, by = 1): void => void (counters[name] = (counters[name] ?? 0) + by);
    const wire = createWire(
      { exchange: () => {}, weird: ({ name }) => count(name), count },
      { source: "mirror" },
    );
    const inner = new Tap().frame({ data: GET });
    const datagram = Buffer.concat([Buffer.from([8, 0, 0, 0, 0, 0, 0, 0]), inner]);
    for (let n = 0; n < PACKETS; n++) {
      datagram.writeUInt32BE((n & 0xffffff) << 8, 4);
      datagram.writeUInt32BE(Math.imul(n, 2_000_003) >>> 0, 8 + 38);
      const found = unwrap(datagram);
      if (found.kind !== "packet") throw new Error("no packet");
      const { linkType, network, bytes } = found;
      wire.packet({ linkType, network, at: T0 + n / 100, bytes, originalLength: bytes.length, interface: 0 });
    }
    return { end: () => (wire.end(), { counters }) };
  },
};

/** Worth a look: whatever was refused, evicted, cut or dropped. */
const TOLD = /evict|refused|limit|dropped|cut|gap|orphan|opaque|unknown|exchanges|short|overlap/;

function run(name: string): void {
  // As `umbra` does.
  setFlagsFromString("--heap-growing-percent=60");
  const counters = FLOODS[name]!().end().counters;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const told = Object.entries(counters).filter(([counter]) => TOLD.test(counter));
  const words = told.map(([counter, sum]) => `${counter} ${sum}`).join(", ");
  const seconds = ((userCPUTime + systemCPUTime) / 1e6).toFixed(1);
  console.log(`${name.padEnd(32)}${Math.round(maxRSS / 1_024)} MB peak ${seconds} s CPU  ${words}`);
}

if (values.part !== undefined) run(values.part);
else {
  const names = positionals.length > 0 ? positionals : Object.keys(FLOODS);
  for (const name of names) {
    const options = ["--part", name, "--packets", values.packets];
    spawnSync(process.execPath, [process.argv[1] ?? "", ...options], { stdio: "inherit" });
  }
}
