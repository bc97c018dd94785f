// Records of one direction: whole, cut, damaged, missing, and found again.
import { expect, test } from "vitest";
import { RecordReader } from "../../../../collectors/wire/tls/records.ts";
import { record } from "./hello-bytes.ts";

interface Habits {
  readonly search?: boolean;
  readonly accept?: (first: number) => boolean;
}

function read({ search = false, accept = () => true }: Habits = {}) {
  const told: string[] = [];
  const reader = new RecordReader({
    record: ({ type, payload, at }) => void told.push(`${type} ${Buffer.from(payload)} ${at}`),
    lostRecord: (type, length) => void told.push(`lost ${type} ${length}`),
    lost: (why) => {
      told.push(why);
      return search;
    },
    probe: ({ payload }, lost) => {
      const found = accept(payload[0] ?? 0);
      if (found) told.push(`found ${Buffer.from(payload)} behind ${lost}`);
      return found;
    },
  });
  return { told, reader };
}

const data = (text: string) => record(23, Buffer.from(text));
const LONG = "a text of more than sixteen bytes";

test("records, cut anywhere, with the time of their last byte", () => {
  const bytes = Buffer.concat([
    record(22, Buffer.from("hello")),
    record(20, Uint8Array.from([])),
    data("world"),
  ]);
  for (const cut of [1, 2, 4, 5, 6, 9, 100]) {
    const { told, reader } = read();
    for (let at = 0; at < bytes.length; at += cut) reader.push(bytes.subarray(at, at + cut), 7);
    expect(told).toEqual(["22 hello 7", "20  7", "23 world 7"]);
  }
});

test("a hole inside a record costs that record", () => {
  const { told, reader } = read();
  const bytes = data("0123456789");
  reader.push(bytes.subarray(0, 8), 1);
  reader.gap(4, 1);
  reader.push(bytes.subarray(12), 1);
  reader.push(data("next"), 1);
  expect(told).toEqual(["lost 23 10", "23 next 1"]);
});

test("a hole over a header ends the reading, unless somebody can tell records", () => {
  const blind = read();
  blind.reader.push(data("0123").subarray(0, 3), 1);
  blind.reader.gap(2, 1);
  blind.reader.push(data(LONG), 1);
  expect(blind.told).toEqual(["gap"]);
  const seeing = read({ search: true });
  seeing.reader.push(data("0123").subarray(0, 3), 1);
  seeing.reader.gap(2, 1);
  const rest = Buffer.concat([Buffer.from("rest"), data(LONG), data("next")]);
  for (const byte of rest) seeing.reader.push(Uint8Array.from([byte]), 1);
  expect(seeing.told).toEqual(["gap", `found ${LONG} behind 9`, "23 next 1"]);
});

test("what only looks like a record is passed over", () => {
  const { told, reader } = read({ search: true, accept: (first) => first === 97 });
  reader.gap(1, 1);
  reader.push(Buffer.concat([data(`X${LONG}`), data(LONG)]), 1);
  expect(told).toEqual(["gap", `found ${LONG} behind ${1 + 5 + 1 + LONG.length}`]);
});

test.each([
  ["another protocol", Buffer.from("GET / HTTP/1.1\r\n")],
  ["a length beyond any record", Uint8Array.from([23, 3, 3, 0xff, 0xff])],
  ["an unknown version", Uint8Array.from([22, 3, 9, 0, 1])],
])("%s is garbage, once", (_, bytes) => {
  const { told, reader } = read();
  reader.push(bytes, 1);
  reader.push(bytes, 1);
  expect(told).toEqual(["garbage"]);
});
