// Single records: open with the right key and number, closed with anything else. Whole connections are in the decoder's test.
import { expect, test } from "vitest";
import { expandLabel } from "../../../../collectors/wire/tls/key-schedule.ts";
import { cipher12, cipher13 } from "../../../../collectors/wire/tls/record-cipher.ts";
import { suiteOf } from "../../../../collectors/wire/tls/suites.ts";
import type { Suite } from "../../../../collectors/wire/tls/suites.ts";
import { record } from "./hello-bytes.ts";
import { asRecord, sealed } from "./seal.ts";

const SECRET = Buffer.alloc(32, 5);
const keys = {
  key: expandLabel("sha256", SECRET, "key", 16),
  iv: expandLabel("sha256", SECRET, "iv", 12),
  mac: new Uint8Array(0),
};
const suite = suiteOf(0x1301) as Suite;

test("a TLS 1.3 record opens with its number alone", () => {
  const open = cipher13(suite, keys);
  const bytes = asRecord(sealed(SECRET, 3, { type: 23, bytes: Buffer.from("hi") }));
  expect(Buffer.from(open(3, bytes) ?? []).toString()).toBe("hi\x17");
  expect(open(4, bytes)).toBe(null);
  expect(open(3, { ...bytes, header: Uint8Array.from([23, 3, 3, 0, 1]) })).toBe(null);
});

test.each([0x1301, 0x1303, 0x1304, 0xc013, 0xc02f, 0xc0ae, 0xcca8, 0xc024])(
  "suite %i: short, long and empty nonsense is null",
  (number) => {
    const suite = suiteOf(number) as Suite;
    const size = {
      mac: suite.mac === "sha384" ? 48 : suite.mac === "sha1" ? 20 : 0,
      iv: suite.mode === "chacha" ? 12 : 4,
    };
    const some = {
      key: new Uint8Array(suite.keyBytes),
      iv: new Uint8Array(size.iv),
      mac: new Uint8Array(size.mac),
    };
    for (const length of [0, 1, 7, 8, 15, 16, 17, 24, 31, 32, 48, 64, 80, 96, 1000, 1024]) {
      const bytes = asRecord(record(23, new Uint8Array(length)));
      expect([cipher12(suite, some, false)(0, bytes), cipher12(suite, some, true)(0, bytes)]).toEqual([
        null,
        null,
      ]);
    }
  },
);
