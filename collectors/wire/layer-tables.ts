// Turns the list of layers into what the hot path looks up: readers by layer, and layers by the numbers they claim.
import * as layers from "./layers.ts";
import { LAYER, type Layer, type LayerReader, type LayerTables, type LayerUnit } from "./link/cursor.ts";

export interface Layers {
  /** By layer. */
  readonly readers: readonly LayerReader[];
  readonly tables: LayerTables;
  /** Layers whose end is plain UDP. */
  readonly plainUdp: ReadonlySet<Layer>;
}

const stop: LayerReader = () => LAYER.done;

export function numbered(units: readonly LayerUnit[]): Layers {
  const readers: LayerReader[] = Object.values(LAYER).map(() => stop);
  const plainUdp = new Set<Layer>();
  const tables = {
    linkTypes: new Map<number, Layer>(),
    etherTypes: new Map<number, Layer>(),
    ipProtocols: new Map<number, Layer>(),
    udpPorts: new Map<number, Layer>(),
    udpSourcePorts: new Map<number, Layer>(),
    greTypes: new Map<number, Layer>(),
    pppTypes: new Map<number, Layer>(),
  } satisfies LayerTables;
  const kinds = Object.keys(tables) as (keyof LayerTables)[];
  for (const unit of units) {
    const layer = unit.layer ?? readers.length;
    readers[layer] = unit.read;
    if (unit.sharesPort === true) plainUdp.add(layer);
    for (const kind of kinds) for (const number of unit[kind] ?? []) tables[kind].set(number, layer);
  }
  return { readers, tables, plainUdp };
}

export const LAYERS = numbered(Object.values(layers));
