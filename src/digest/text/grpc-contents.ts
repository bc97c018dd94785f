// Reads what gRPC messages say in words: objects with field numbers for names, one frame a message.
import type { ProtoField, ProtoValue } from "../grpc/protobuf.ts";
import type { Contents } from "./contents.ts";
import { arrayFrames } from "./frames.ts";
import { emptyTree, treeOf } from "./tree.ts";

type Plain = Record<string, unknown>;

export function grpcContents(messages: readonly (readonly ProtoField[])[]): Contents {
  const tree = emptyTree();
  const values = messages.map(plainMessage);
  for (const value of values) treeOf(value, tree);
  return { tree, frames: values.length > 1 ? arrayFrames(values) : null, page: false, media: null };
}

/** As JSON would have it; what is neither number, text nor message is left out. */
function plainMessage(fields: readonly ProtoField[]): Plain {
  const message: Plain = {};
  for (const { number, value } of fields) {
    const plain = plainValue(value);
    if (plain === undefined) continue;
    const held = message[number];
    if (held === undefined) message[number] = plain;
    else if (Array.isArray(held)) held.push(plain);
    else message[number] = [held, plain];
  }
  return message;
}

function plainValue(value: ProtoValue): unknown {
  if (value.wire === "varint") return Number(BigInt.asIntN(64, value.value));
  if (value.wire === "group") return plainMessage(value.fields);
  if (value.wire !== "counted") return undefined;
  if (value.text !== null) return value.text;
  return Array.isArray(value.fields) ? plainMessage(value.fields as readonly ProtoField[]) : undefined;
}
