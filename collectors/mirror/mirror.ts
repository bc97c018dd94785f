// Receives what a traffic mirror sends: tunnel datagrams over UDP, each with a packet inside.
import type { Socket } from "node:dgram";
import { setImmediate } from "node:timers/promises";
import type { Log } from "../../src/ops/log.ts";
import type { ExchangeSink } from "../input.ts";
import type { LiveCounter, LiveSource } from "../pcap/live-source.ts";
import { type LiveWire, createLiveWire } from "../pcap/live-wire.ts";
import { type GrowingKeylog, pumpSecrets } from "../pcap/secrets.ts";
import { Backlog } from "./backlog.ts";
import { type Address, openSocket } from "./socket.ts";
import { socketDrops } from "./socket-drops.ts";
import { type TunnelId, createUnwrap } from "./tunnel.ts";

export interface MirrorRequest {
  readonly listen: Address;
  readonly tunnel: TunnelId;
}

export interface MirrorParts {
  readonly log: Log;
  /** Wall clock in milliseconds since the epoch: the time of arrival, since tunnels carry none. */
  readonly now: () => number;
  readonly backlog?: Backlog;
  /** TLS secrets as the ends of the connections log them. */
  readonly keylog?: GrowingKeylog;
}

export interface Mirror extends LiveSource {
  /** The port it receives on. */
  readonly port: number;
}

// Datagrams taken from the backlog in one go, some milliseconds of work: the socket must be read in between.
const PORTION = 1_024;

/** Resolves when it listens. Rejects with `UnreadableInput` when it cannot, in a sentence that says what to do. */
export async function startMirror(
  request: MirrorRequest,
  sink: ExchangeSink,
  parts: MirrorParts,
): Promise<Mirror> {
  const socket = await openSocket(request.listen, parts.log);
  const { port } = socket.address();
  const receiver = new Receiver(request.tunnel, sink, parts);
  socket.on("message", (bytes) => receiver.receive(bytes));
  const letGo = await pumpSecrets(parts.keylog, receiver.keylog);
  const drops = await dropCounter(port, receiver.count, parts.log);
  return {
    port,
    tick: () => receiver.tick(),
    refresh: drops,
    stop: async () => {
      letGo();
      await drops();
      await closed(socket);
      receiver.end();
    },
    ended: ending(socket),
  };
}

/** Class because of the hot path: one call per datagram. */
class Receiver {
  readonly #unwrap: ReturnType<typeof createUnwrap>;
  readonly #sink: ExchangeSink;
  readonly #wire: LiveWire;
  readonly #now: () => number;
  readonly #backlog: Backlog;
  #isWaiting = false;
  #isOver = false;

  constructor(tunnel: TunnelId, sink: ExchangeSink, { now, backlog, keylog }: MirrorParts) {
    this.#unwrap = createUnwrap(tunnel);
    this.#sink = sink;
    this.#wire = createLiveWire(sink, now, { keysGrow: keylog !== undefined });
    this.#now = now;
    this.#backlog = backlog ?? new Backlog();
  }

  readonly count: LiveCounter = (name, by) => this.#sink.count(name, by);

  readonly keylog = (text: string): void => this.#wire.keylog(text);

  receive(bytes: Buffer): void {
    this.count("mirror.datagrams");
    this.count("mirror.bytes", bytes.length);
    const at = this.#now();
    if (!this.#isWaiting) this.#take(bytes, at);
    else if (!this.#backlog.add({ bytes, at })) this.count("mirror.dropped");
    const full = this.#isWaiting ? undefined : this.#sink.ready();
    if (full !== undefined) void this.#wait(full);
  }

  /** While datagrams wait there is no silence, only our own slowness. */
  tick(): void {
    if (!this.#isWaiting) this.#wire.tick();
  }

  end(): void {
    this.#isOver = true;
    // The sink takes more than it likes; the bound of the backlog bounds that too.
    for (let next = this.#backlog.take(); next !== undefined; next = this.#backlog.take()) {
      this.#take(next.bytes, next.at);
    }
    this.#wire.end();
  }

  #take(datagram: Buffer, at: number): void {
    const found = this.#unwrap(datagram);
    if (found.kind === "packet") {
      const { linkType, network, bytes } = found;
      return this.#wire.packet({ linkType, network, at, bytes, originalLength: bytes.length, interface: 0 });
    }
    if (found.kind === "other-protocol") return this.count("mirror.other-protocol");
    this.count("mirror.malformed");
    this.#sink.weird({ name: found.weird });
  }

  async #wait(full: Promise<void>): Promise<void> {
    this.#isWaiting = true;
    try {
      for (let next: Promise<void> | undefined = full; next !== undefined; next = this.#catchUp()) {
        await next;
        await setImmediate();
      }
    } catch {
      // Whoever delivers fails too and tells; until then nothing is taken, and what comes is counted as dropped.
      return;
    }
    this.#isWaiting = false;
  }

  /** Takes a portion of what waits. A promise when the sink is full again or more is left. */
  #catchUp(): Promise<void> | undefined {
    for (let left = PORTION; left > 0; left--) {
      const next = this.#isOver ? undefined : this.#backlog.take();
      if (next === undefined) return undefined;
      this.#take(next.bytes, next.at);
      const full = this.#sink.ready();
      if (full !== undefined) return full;
    }
    return Promise.resolve();
  }
}

/** Counts what the kernel dropped since the last call. */
async function dropCounter(port: number, count: LiveCounter, log: Log): Promise<() => Promise<void>> {
  let last = await socketDrops(port);
  if (last === null) {
    log.info({}, "this system does not tell how many datagrams its kernel drops; such losses stay unseen");
  }
  return async () => {
    const total = await socketDrops(port);
    if (total === null) return;
    const added = total - (last ?? 0);
    last = total;
    if (added > 0) count("kernel.dropped", added);
  };
}

async function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.close(() => resolve());
  });
}

async function ending(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("close", resolve);
    socket.once("error", reject);
  });
}
