// The contract of everything that reads a file or pipe: recognise by content, then turn bytes into exchanges.
import type { EncryptedFlow } from "../src/model/encrypted-flow.ts";
import type { Exchange } from "../src/model/exchange.ts";
import type { Weird } from "../src/model/parsed.ts";
import type { StreamUpdate } from "../src/model/stream-facts.ts";
import { UserError } from "../src/ops/user-error.ts";

/** Where exchanges go. Synchronous but for `ready`: readers wait for it between chunks. */
export interface ExchangeSink {
  exchange(exchange: Exchange): void;
  /** A connection whose content stayed closed, told when it ended; absent where nobody asks. */
  flow?(flow: EncryptedFlow): void;
  /** What came of a stream after its exchange was told; absent where nobody asks. */
  stream?(update: StreamUpdate): void;
  weird(weird: Weird): void;
  count(counter: string, by?: number): void;
  /** A promise while the stages behind are full, undefined when they can take more. */
  ready(): Promise<void> | undefined;
}

export interface ReadOptions {
  /** Name shown in progress and health: the path as given, or "stdin". */
  readonly name: string;
  /** SSLKEYLOGFILE text for captures with TLS: all of it, or first what is there already and then what is added. */
  readonly keylog?: string | AsyncIterable<string>;
  /** The input is still being written: what is open is told in time, and an empty chunk says that nothing came. */
  readonly following?: {
    /** Wall clock, milliseconds since the epoch. */
    readonly now: () => number;
  };
}

/** One kind of input. Ids are what `--input-format` takes. */
export interface InputReader {
  readonly id: string;
  readonly title: string;
  /** 0 = not mine, 1 = certain, judged from the first bytes (up to 64 KiB, less for short inputs). */
  recognise(head: Uint8Array): number;
  /** Reads to the end. Rejects with `UnreadableInput` when nothing of it can be read; odd parts become weirds. */
  read(bytes: AsyncIterable<Uint8Array>, sink: ExchangeSink, options: ReadOptions): Promise<void>;
}

/** The input as a whole is not what it should be: the user's mistake, exit code 2. */
export class UnreadableInput extends UserError {
  override readonly name = "UnreadableInput";
}
