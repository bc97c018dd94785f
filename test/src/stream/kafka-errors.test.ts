// The library wraps; what the broker said must still be found.
import { expect, test } from "vitest";
import { brokerError, needsNewProducer } from "../../../src/stream/kafka-errors.ts";
import { protocolError } from "../../support/kafka/fake-kafka.ts";

test("the broker's word is found below its wrappings, and its absence is not an error", () => {
  expect(brokerError(protocolError("MESSAGE_TOO_LARGE"))).toBe("MESSAGE_TOO_LARGE");
  expect(brokerError(new Error("connection refused"))).toBeNull();
  expect(brokerError("text")).toBeNull();
  const knot = new Error("knot");
  knot.cause = knot;
  expect(brokerError(knot)).toBeNull();
});

test.each([
  [protocolError("OUT_OF_ORDER_SEQUENCE_NUMBER"), true],
  [protocolError("UNKNOWN_PRODUCER_ID"), true],
  [protocolError("UNKNOWN_TOPIC_OR_PARTITION"), true],
  [protocolError("NOT_LEADER_FOR_PARTITION"), false],
  [Object.assign(new Error("?"), { name: "KafkaJSNonRetriableError" }), true],
  [new Error("connection refused"), false],
])("%o needs a new producer: %s", (failure, expected) => {
  expect(needsNewProducer(failure)).toBe(expected);
});
