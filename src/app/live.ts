// Live collectors: listen until told to stop, publish sightings several times a second and health every ten seconds.
import { hostname } from "node:os";
import type { ExchangeSink } from "../../collectors/input.ts";
import { startMirror } from "../../collectors/mirror/mirror.ts";
import { TUNNELS, type TunnelId } from "../../collectors/mirror/tunnel.ts";
import { startLiveCapture } from "../../collectors/pcap/live.ts";
import type { LiveSource } from "../../collectors/pcap/live-source.ts";
import type { CaptureRequest } from "../../collectors/pcap/live-tcpdump.ts";
import type { Pipeline } from "../../collectors/pipeline.ts";
import { type ListenAddress, requireSettings } from "../ops/config.ts";
import { pause } from "../ops/retry.ts";
import type { Stream } from "../stream/stream.ts";
import type { RoleContext } from "./backends.ts";
import { openStream, secretOf } from "./backends.ts";
import { followText } from "./follow-file.ts";
import { messagesOf } from "./ingest.ts";
import { loadPipeline } from "./parts.ts";

/** Where live traffic comes from. */
export type LiveWay = (
  | { readonly kind: "pcap"; readonly capture: CaptureRequest }
  | { readonly kind: "mirror"; readonly listen: ListenAddress; readonly tunnel: TunnelId }
) & {
  /** SSLKEYLOGFILE, followed as it grows; it may come later than the collector. */
  readonly keylogFile?: string;
};

/** Tunnels a mirror may use, with the UDP port each has by default. */
export const tunnelPorts: ReadonlyMap<string, number> = new Map(
  Object.entries(TUNNELS).map(([id, { port }]) => [id, port]),
);

/** The tunnel of that name, undefined when there is none. */
export function tunnelNamed(name: string): TunnelId | undefined {
  return Object.hasOwn(TUNNELS, name) ? (name as TunnelId) : undefined;
}

/** `umbra collect` on live traffic: resolves after the shutdown. All collectors of an install need the same UMBRA_SECRET. */
export async function liveRole(context: RoleContext, way: LiveWay): Promise<void> {
  requireSettings(context.settings, ["kafka", "secret"]);
  const secret = await secretOf(context);
  const stream = await openStream(context, null);
  const name = `${hostname()} ${way.kind === "pcap" ? way.capture.interface : `${way.tunnel}:${way.listen.port}`}`;
  const { serviceHeaders } = context.settings;
  await runLive(context, {
    name,
    secret,
    stream,
    serviceHeaders,
    open: (sink) => openWay(way, sink, context),
  });
}

/** Starts the source of live traffic. */
export async function openWay(
  way: LiveWay,
  sink: ExchangeSink,
  { log, shutdown: { signal } }: Pick<RoleContext, "log" | "shutdown">,
): Promise<LiveSource> {
  const { keylogFile } = way;
  const keylog = keylogFile === undefined ? {} : { keylog: followText(keylogFile, { signal }) };
  const parts = { log, now: Date.now, ...keylog };
  if (way.kind === "pcap") return startLiveCapture(way.capture, sink, parts);
  return startMirror({ listen: way.listen, tunnel: way.tunnel }, sink, parts);
}

export interface LiveParts {
  /** Names the collector in capture health. */
  readonly name: string;
  readonly secret: Uint8Array;
  readonly stream: Stream;
  readonly serviceHeaders?: readonly string[];
  readonly open: (sink: ExchangeSink) => Promise<LiveSource>;
  readonly times?: LiveTimes;
}

export interface LiveTimes {
  readonly flushMs: number;
  readonly healthMs: number;
  /** What the last flush may take of the shutdown's time; the stream needs some to close. */
  readonly lastMs: number;
}

/*
  Whoever is told of a fact hears of it within a second of the packet that shows it: the window in which like sightings
  merge takes less than half of that, the way to the database and out again the rest. Ten seconds make a loss visible
  while someone still looks.
*/
const TIMES: LiveTimes = { flushMs: 400, healthMs: 10_000, lastMs: 2_000 };

/** Runs one live source until the shutdown. Rejects when it cannot start, or breaks for good. */
export async function runLive(
  { log, shutdown }: Pick<RoleContext, "log" | "shutdown">,
  { name, secret, stream, serviceHeaders = [], open, times = TIMES }: LiveParts,
): Promise<void> {
  const pipeline = await loadPipeline({
    name,
    secret,
    serviceHeaders,
    deliver: (portion) => stream.publish("umbra.sightings.v1", messagesOf(portion)),
  });
  const source = await open(pipeline.sink);
  const report = (): Promise<void> => publishHealth(pipeline, stream);
  const publishing = publishUntil(shutdown.signal, { pipeline, source, report, times });
  shutdown.add(name, async () => {
    await source.stop();
    const last = publishing.then(() => pipeline.flush()).then(report);
    // A broker that is away must not cost the others their orderly stop; the failure itself is told below.
    await Promise.race([last.catch(() => {}), pause(times.lastMs)]);
  });
  log.info({ collector: name }, "collecting");
  await Promise.race([publishing, source.ended.then(() => publishing)]);
}

interface Publishing {
  readonly pipeline: Pipeline;
  readonly source: LiveSource;
  readonly report: () => Promise<void>;
  readonly times: LiveTimes;
}

/** One thing after the other: while the stream makes us wait, nothing piles up here. */
async function publishUntil(
  signal: AbortSignal,
  { pipeline, source, report, times }: Publishing,
): Promise<void> {
  const rounds = Math.max(1, Math.round(times.healthMs / times.flushMs));
  for (let round = 1; ; round++) {
    await pause(times.flushMs, signal);
    if (signal.aborted) return;
    source.tick();
    await pipeline.flush();
    if (round % rounds !== 0) continue;
    await source.refresh();
    await report();
  }
}

async function publishHealth(pipeline: Pipeline, stream: Stream): Promise<void> {
  const value = pipeline.takeHealth();
  await stream.publish("umbra.collector-health.v1", [{ key: value.collector, value }]);
}
