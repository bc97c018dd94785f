// Webhooks: JSON with an idempotency key, signed so that the receiver knows who sent it and when.
import { createHmac } from "node:crypto";
import type { FindingNews } from "../model/governance.ts";
import type { PostOptions } from "./guarded-post.ts";
import { guardedPost } from "./guarded-post.ts";
import type { Message, Send } from "./sender.ts";

export interface WebhookOptions extends PostOptions {
  /** Keys the signature. */
  readonly secret: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/*
  Umbra-Signature: t=<seconds>,v1=<hex of HMAC-SHA256(secret, "<seconds>.<body>")>
  The receiver computes the same over what it got, compares in constant time, and refuses old times.
*/
export function signature(secret: Uint8Array, seconds: number, body: string): string {
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${mac}`;
}

export function webhookSender(
  options: WebhookOptions,
): Send<{ readonly kind: "webhook"; readonly url: string }> {
  return ({ url }, message) => {
    const body = JSON.stringify(payload(message));
    const headers = {
      "content-type": "application/json",
      "user-agent": "Umbra",
      "idempotency-key": message.key,
      "umbra-signature": signature(options.secret, Math.floor(options.now() / 1000), body),
    };
    return guardedPost(url, { headers, body }, options);
  };
}

/**
 * As documented for receivers: `{schema, id, news: [{id, turn, finding, endpoint}]}`. News that comes twice, alone or with
 * other news, has the same id.
 */
function payload({ key, news, keys }: Message): object {
  return {
    schema: "umbra.news/1",
    id: key,
    news: news.map((one, index) => ({ id: keys[index], ...newsJson(one) })),
  };
}

export function newsJson({ turn, finding, method, path, owner }: FindingNews): object {
  return {
    turn,
    finding: {
      id: finding.id,
      rule: finding.rule,
      title: finding.title,
      severity: finding.severity,
      text: finding.text,
      state: finding.state,
      opened_at: new Date(finding.openedAt).toISOString(),
      review_by: finding.reviewBy === null ? null : new Date(finding.reviewBy).toISOString(),
    },
    endpoint: { id: finding.endpointId, authority: finding.authority, method, path, owner },
  };
}
