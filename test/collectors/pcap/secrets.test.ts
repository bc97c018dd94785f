// Secrets are handed on in order, what is there before anything else happens, and no longer than wanted.
import { expect, test } from "vitest";
import { pumpSecrets } from "../../../collectors/pcap/secrets.ts";
import { until } from "./live-sink.ts";

test("what is there is handed on before it resolves, the rest as it comes", async () => {
  const taken: string[] = [];
  async function* texts(): AsyncGenerator<string> {
    yield "a";
    yield "b";
  }
  const pumping = pumpSecrets(texts(), (text) => void taken.push(text));
  await pumping;
  expect(taken[0]).toBe("a");
  await until(() => taken.length === 2);
  expect(taken).toEqual(["a", "b"]);
});

test("without a key log there is nothing to wait for", async () => {
  const letGo = await pumpSecrets(undefined, () => expect.unreachable());
  expect(letGo).not.toThrow();
});

test("whoever lets go closes the source", async () => {
  let closed = false;
  const texts: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => {
      let first = true;
      return {
        next: async () => {
          if (!first) return new Promise<never>(() => {});
          first = false;
          return { done: false, value: "" };
        },
        return: async () => {
          closed = true;
          return { done: true, value: undefined };
        },
      };
    },
  };
  (await pumpSecrets(texts, () => {}))();
  expect(closed).toBe(true);
});

test("a source that breaks later breaks nothing else", async () => {
  async function* texts(): AsyncGenerator<string> {
    yield "a";
    throw new Error("gone");
  }
  const taken: string[] = [];
  await pumpSecrets(texts(), (text) => void taken.push(text));
  await new Promise((resolve) => setImmediate(resolve));
  expect(taken).toEqual(["a"]);
});
