// A body cannot describe more locations than an operation may have.
import { expect, test } from "vitest";
import { shapeOf } from "../../../../src/digest/draft.ts";
import { MessageDraft } from "../../../../src/digest/grpc/draft-message.ts";
import type { ProtoField } from "../../../../src/digest/grpc/protobuf.ts";

const field = (number: number): ProtoField => ({ number, value: { wire: "varint", value: 1n } });

test("beyond that anything may occur", () => {
  const gathered = new MessageDraft(null);
  gathered.add(Array.from({ length: 4096 }, (_, at) => field(at + 1)));
  expect(shapeOf(gathered.draft).any).toBe(undefined);
  gathered.add([field(4097), field(1)]);
  const shape = shapeOf(gathered.draft);
  expect([shape.any, shape.count, gathered.draft.fields?.get("1")?.count]).toEqual([true, 2, 2]);
});

test("a field said twice in one message is one field that repeats", () => {
  const gathered = new MessageDraft(null);
  gathered.add([field(1), field(1), field(2)]);
  const kept = shapeOf(gathered.draft).object?.fields.kept;
  expect(kept?.["1"]).toMatchObject({ count: 1, number: { count: 2 }, proto: 33 });
  expect(kept?.["2"]).toMatchObject({ count: 1, proto: 1 });
});
