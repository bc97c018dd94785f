// Names of tokens, as people write them into a file.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isTokenName, readTokenFile } from "../../../src/api/token-file.ts";
import { UserError } from "../../../src/ops/user-error.ts";

const HASH = "0123456789abcdef".repeat(4);

test("one line a token; comments and empty lines are none, a name may have several", () => {
  const text = `# who may ask\r\nann@shop.test: ${HASH}\n\n bob :${HASH.toUpperCase()} # laptop\nbob: ${HASH}\n`;
  expect(readTokenFile("tokens", text)).toEqual([
    { name: "ann@shop.test", hash: HASH },
    { name: "bob", hash: HASH },
    { name: "bob", hash: HASH },
  ]);
});

test.each([
  `${HASH}`,
  `ann: s3cret`,
  `a b: ${HASH}`,
  `ann ${HASH}`,
  `${"a".repeat(65)}: ${HASH}`,
  `<b>: ${HASH}`,
])("%s is refused by its line, and not repeated", (line) => {
  const read = () => readTokenFile("tokens", `ann: ${HASH}\n${line}`);
  expect(read).toThrow(UserError);
  expect(read).toThrow(
    /^tokens, line 2: must be a name, a colon and the SHA-256 of a token; `umbra token --name/,
  );
});

test("whatever a file holds gives tokens or one sentence", () => {
  const outcome = (text: string): readonly string[] => {
    try {
      return readTokenFile("tokens", text).map(({ name }) => name);
    } catch (failure) {
      return failure instanceof UserError ? [] : ["<broken>"];
    }
  };
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(outcome(text).filter((name) => !isTokenName(name))).toEqual([]);
    }),
  );
});
