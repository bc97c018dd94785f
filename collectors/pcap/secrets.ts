// Hands TLS secrets to the decoders as a key log grows, for files that are read and for live traffic alike.

/** SSLKEYLOGFILE text: first what is there already, even when that is nothing, then what is added. */
export type GrowingKeylog = AsyncIterable<string>;

/** Resolves when what is there already was handed on. Gives what ends the rest: the traffic is over. */
export async function pumpSecrets(
  keylog: GrowingKeylog | undefined,
  take: (text: string) => void,
): Promise<() => void> {
  if (keylog === undefined) return () => {};
  const texts = keylog[Symbol.asyncIterator]();
  const there = await texts.next();
  if (there.done !== true) take(there.value);
  const pump = async (): Promise<void> => {
    for (let next = await texts.next(); next.done !== true; next = await texts.next()) take(next.value);
  };
  // Without further secrets connections stay closed, which is told as such.
  pump().catch(() => {});
  // Not waited for: it may be in the middle of waiting for more.
  return () => void texts.return?.().catch(() => {});
}
