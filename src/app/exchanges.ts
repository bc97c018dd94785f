// `umbra exchanges`: what the decoders hear, one line each; a local debugging aid that shows raw paths.
import { exchangeLine } from "../../collectors/exchange-line.ts";
import type { ExchangeSink } from "../../collectors/input.ts";
import type { Weird } from "../model/parsed.ts";
import type { InputProgress } from "./inputs.ts";
import { readInput } from "./inputs.ts";
import { loadInputReaders } from "./parts.ts";

export interface ExchangesOptions {
  readonly inputs: readonly string[];
  readonly inputFormat?: string;
  readonly keylog?: string;
  /** Takes one line without its end; gives a promise while it can take no more. */
  readonly write: (line: string) => Promise<void> | undefined;
  readonly onProgress?: (progress: InputProgress) => void;
}

/** Gives the oddities by name. Rejects with `UnreadableInput`. */
export async function printExchanges(options: ExchangesOptions): Promise<ReadonlyMap<string, number>> {
  const { inputs, inputFormat, keylog, write, onProgress } = options;
  const readers = await loadInputReaders();
  const weirds = new Map<string, number>();
  let full: Promise<void> | undefined;
  const sink: ExchangeSink = {
    exchange: (exchange) => {
      full = write(exchangeLine(exchange)) ?? full;
    },
    weird: ({ name }: Weird) => weirds.set(name, (weirds.get(name) ?? 0) + 1),
    count: () => {},
    ready: () => {
      const wait = full;
      full = undefined;
      return wait;
    },
  };
  for (const name of inputs) {
    await readInput(name, sink, {
      readers,
      ...(inputFormat === undefined ? {} : { format: inputFormat }),
      ...(keylog === undefined ? {} : { keylog }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  }
  return weirds;
}
