// Describes protobuf messages by field number, as JSON objects are described by name: fields of a draft that merges.
import { PROTO_BITS } from "../../model/shape.ts";
import type { Draft } from "../draft.ts";
import { draftNumber, draftString, emptyDraft } from "../draft.ts";
import type { LeafScanner } from "../leaves.ts";
import type { Counted, ProtoField, ProtoValue } from "./protobuf.ts";

// An operation may have 4,096 locations in all, so one body cannot have more.
const MAX_LOCATIONS = 4096;

const UNREADABLE = PROTO_BITS.noText;

/** Gathers the messages of one body. */
export class MessageDraft {
  readonly draft: Draft = { ...emptyDraft(), proto: PROTO_BITS.counted | UNREADABLE };
  readonly #leaves: LeafScanner | null;
  readonly #path: number[] = [];
  #locations = 0;
  #serial = 0;

  constructor(leaves: LeafScanner | null) {
    this.#leaves = leaves;
  }

  add(fields: readonly ProtoField[]): void {
    this.draft.count += 1;
    this.#object(this.draft, fields, this.#leaves);
  }

  #object(into: Draft, fields: readonly ProtoField[], leaves: LeafScanner | null): void {
    const serial = ++this.#serial;
    into.objects += 1;
    into.fields ??= new Map();
    for (const { number, value } of fields) {
      const field = this.#field(into, into.fields, number);
      if (field === null) continue;
      if (field.seenIn === serial) field.proto |= PROTO_BITS.repeated;
      else field.count += 1;
      field.seenIn = serial;
      this.#path.push(number);
      this.#value(field, value, leaves);
      this.#path.pop();
    }
  }

  #field(into: Draft, fields: Map<string, Draft>, number: number): Draft | null {
    const name = String(number);
    const known = fields.get(name);
    if (known !== undefined) return known;
    if (this.#locations >= MAX_LOCATIONS) {
      into.any = true;
      return null;
    }
    this.#locations += 1;
    const fresh = emptyDraft();
    fields.set(name, fresh);
    return fresh;
  }

  #value(field: Draft, value: ProtoValue, leaves: LeafScanner | null): void {
    field.proto |= PROTO_BITS[value.wire];
    if (value.wire === "varint") draftNumber(field, BigInt.asIntN(64, value.value).toString());
    else if (value.wire === "group") this.#object(field, value.fields, leaves);
    else if (value.wire === "counted") this.#counted(field, value, leaves);
    else draftFraction(field);
  }

  #counted(field: Draft, { text, fields }: Counted, leaves: LeafScanner | null): void {
    if (text === null) field.proto |= PROTO_BITS.noText;
    else {
      draftString(field, text);
      if (text !== "") leaves?.scan(text, "", this.#pathText);
    }
    if (fields === null) field.proto |= PROTO_BITS.noMessage;
    else if (fields === "unread") field.any = true;
    // What was looked at as a text is not looked at again in its parts.
    else this.#object(field, fields, text === null ? leaves : null);
  }

  /** As `user.emails` in JSON: field numbers down to the value. */
  readonly #pathText = (): string => this.#path.join(".");
}

/** Four or eight bytes may be a float or an integer of fixed size. */
function draftFraction(field: Draft): void {
  field.numbers += 1;
  field.integer = false;
}
