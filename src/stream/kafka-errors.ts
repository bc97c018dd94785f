// What the client library's errors mean for us; it wraps the broker's word several causes deep.

/** The broker's error code by name (Kafka protocol guide, "Error Codes"), or null when the broker said nothing. */
export function brokerError(failure: unknown): string | null {
  for (let error = failure, depth = 0; error instanceof Error && depth < 8; error = error.cause, depth++) {
    const type: unknown = Reflect.get(error, "type");
    if (typeof type === "string") return type;
  }
  return null;
}

// The broker forgot the producer or disagrees about its sequence (KIP-98): going on needs a new producer id.
const PRODUCER_LOST = new Set([
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "UNKNOWN_PRODUCER_ID",
  "INVALID_PRODUCER_EPOCH",
  "PRODUCER_FENCED",
  "INVALID_PRODUCER_ID_MAPPING",
]);

/** Whether trying again makes sense only with a new producer: its state is gone, or nobody knows what went wrong. */
export function needsNewProducer(failure: unknown): boolean {
  const code = brokerError(failure);
  if (code !== null) return PRODUCER_LOST.has(code) || code === "UNKNOWN_TOPIC_OR_PARTITION";
  return failure instanceof Error && failure.name === "KafkaJSNonRetriableError";
}
