// Builds the parts that several roles share, units included: readers, digest, pipeline.
import { capture } from "../../collectors/pcap/capture-reader.ts";
import { createLogReaders } from "../../collectors/gateway-log/log-reader.ts";
import type { InputReader } from "../../collectors/input.ts";
import type { LogFormat } from "../../collectors/log-format.ts";
import type { Pipeline } from "../../collectors/pipeline.ts";
import { createPipeline } from "../../collectors/pipeline.ts";
import { createCombiner } from "../digest/combine.ts";
import type { DataClass } from "../digest/data-class.ts";
import { createDigest } from "../digest/digest.ts";
import { createFlowDigest } from "../digest/encrypted-flow.ts";
import type { Sighting } from "../model/sighting.ts";
import { createHash32 } from "../ops/keyed-hash.ts";
import { loadUnits } from "../ops/units.ts";

const LOG_FORMATS = new URL("../../collectors/log-formats/", import.meta.url);
const DATA_CLASSES = new URL("../digest/data-classes/", import.meta.url);

/** All kinds of input that files and pipes can hold. */
export async function loadInputReaders(): Promise<readonly InputReader[]> {
  const formats = await loadUnits<LogFormat>(LOG_FORMATS);
  return [capture, ...createLogReaders(formats.values())];
}

export interface PipelineOptions {
  readonly name: string;
  /** Keys the hashes that stand for values; one per install. */
  readonly secret: Uint8Array;
  readonly deliver: (sightings: readonly Sighting[]) => Promise<void>;
  /** As `DigestOptions.serviceHeaders`. */
  readonly serviceHeaders?: readonly string[];
  /** As `CombinerOptions.windowMs`; Infinity for files, which nobody waits for by the second. */
  readonly windowMs?: number;
}

/** A pipeline with the real digest and combiner. */
export async function loadPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { name, secret, deliver, windowMs, serviceHeaders = [] } = options;
  const dataClasses = await loadUnits<DataClass>(DATA_CLASSES);
  const hash32 = createHash32(secret);
  const digest = createDigest({ dataClasses: [...dataClasses.values()], hash32, serviceHeaders });
  return createPipeline({
    name,
    digest: (exchange) => digest.digest(exchange),
    digestFlow: createFlowDigest({ hash32 }),
    digestStream: (update) => digest.stream(update),
    combiner: createCombiner(windowMs === undefined ? {} : { windowMs }),
    deliver,
  });
}

/** Sightings of one service together, services in order of first appearance. */
export function byAuthority(sightings: readonly Sighting[]): ReadonlyMap<string, readonly Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const group = groups.get(sighting.key.authority);
    if (group === undefined) groups.set(sighting.key.authority, [sighting]);
    else group.push(sighting);
  }
  return groups;
}
