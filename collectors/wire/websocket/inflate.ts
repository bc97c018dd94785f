// Undoes permessage-deflate (RFC 7692) message by message, carrying the window over as the sender did.
import { constants, inflateRawSync } from "node:zlib";
import type { Header } from "../../../src/model/exchange.ts";

/** What was agreed for one direction. */
export interface DeflateAgreement {
  /** Each message stands alone. */
  readonly noContextTakeover: boolean;
}

/** By direction: 0 = client to server. null: messages are not compressed. */
export function deflateAgreement(
  response: readonly Header[],
): readonly [DeflateAgreement, DeflateAgreement] | null {
  const offers = response
    .filter(([name]) => name === "sec-websocket-extensions")
    .flatMap(([, value]) => value.toLowerCase().split(","));
  const agreed = offers.map((offer) => offer.split(";").map((part) => part.trim()));
  const deflate = agreed.find(([name]) => name === "permessage-deflate");
  if (deflate === undefined) return null;
  return [
    { noContextTakeover: deflate.includes("client_no_context_takeover") },
    { noContextTakeover: deflate.includes("server_no_context_takeover") },
  ];
}

// One message: what a WebSocket library accepts by default is between 1 and 100 MiB; a bomb gives 1 MiB from 1 KiB.
const MAX_MESSAGE = 1_048_576;

// One direction: 64 KiB of text are kept, so this is ample, and it bounds the time a stream of bombs can take.
const MAX_TOTAL = 4_194_304;

// RFC 1951: matches reach back 32 KiB at most.
const WINDOW = 32_768;

// RFC 7692, section 7.2.2: the sender took these off the end of every message.
const TAIL = Uint8Array.from([0, 0, 0xff, 0xff]);

export type Inflated =
  | { readonly bytes: Uint8Array }
  | { readonly failed: "websocket.inflate-limit" | "websocket.deflate" | "websocket.inflate-skipped" };

export class MessageInflater {
  private readonly takeover: boolean;
  private window: Uint8Array | undefined;
  private total = 0;
  /** The window of the sender is not ours any more. */
  private lost = false;

  constructor({ noContextTakeover }: DeflateAgreement) {
    this.takeover = !noContextTakeover;
  }

  /** A message was missed or not inflated. */
  lose(): void {
    this.lost = this.takeover;
    this.window = undefined;
  }

  /** Memory of the window. */
  get size(): number {
    return this.window?.length ?? 0;
  }

  inflate(message: Uint8Array): Inflated {
    const room = Math.min(MAX_MESSAGE, MAX_TOTAL - this.total);
    if (this.lost || room <= 0) return this.fail("websocket.inflate-skipped");
    try {
      const bytes = inflateRawSync(Buffer.concat([message, TAIL]), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: room,
        ...(this.window === undefined ? {} : { dictionary: this.window }),
      });
      this.total += bytes.length;
      if (this.takeover) this.slide(bytes);
      return { bytes };
    } catch (error) {
      // The bomb's output counts although nobody sees it: it took the time.
      const limit = error instanceof RangeError;
      if (limit) this.total += room;
      return this.fail(limit ? "websocket.inflate-limit" : "websocket.deflate");
    }
  }

  private fail(
    failed: "websocket.inflate-limit" | "websocket.deflate" | "websocket.inflate-skipped",
  ): Inflated {
    this.lose();
    return { failed };
  }

  private slide(bytes: Uint8Array): void {
    const joined = Buffer.concat([this.window ?? TAIL.subarray(4), bytes.subarray(-WINDOW)]);
    // A copy: a view would keep the whole message alive. zlib takes no empty dictionary.
    this.window = joined.length === 0 ? undefined : Uint8Array.from(joined.subarray(-WINDOW));
  }
}
