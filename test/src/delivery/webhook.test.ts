// Webhooks as receivers see them: signed over time and body, news with ids of its own.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { signature, webhookSender } from "../../../src/delivery/webhook.ts";
import { NOON } from "../../support/builders.ts";
import { aMessage, someNews } from "./a-message.ts";

const secret = new TextEncoder().encode("a secret of the install");

test("a receiver can check who sent it and when", async () => {
  const got: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      got.push({ headers: request.headers, body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const send = webhookSender({ secret, now: () => NOON, allowedHosts: new Set(["localhost"]) });
  const result = await send(
    { kind: "webhook", url: `http://localhost:${port}/umbra` },
    aMessage([someNews(), someNews({ turn: "resolved" })]),
  );
  await new Promise((resolve) => server.close(resolve));
  expect(result).toEqual({ ok: true });
  const [{ headers, body } = { headers: {}, body: "" }] = got;
  const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["umbra-signature"])) ?? [];
  expect(Number(seconds)).toBe(NOON / 1000);
  expect(mac).toBe(createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex"));
  expect(headers["idempotency-key"]).toBe("de_1");
  expect(JSON.parse(body)).toMatchObject({
    schema: "umbra.news/1",
    id: "de_1",
    news: [
      {
        id: "de_1",
        turn: "opened",
        finding: { rule: "no-auth" },
        endpoint: { path: "/orders", owner: "orders" },
      },
      { id: "de_2", turn: "resolved" },
    ],
  });
});

test("another body or time has another signature", () => {
  expect(signature(secret, 1, "a")).not.toBe(signature(secret, 2, "a"));
  expect(signature(secret, 1, "a")).not.toBe(signature(secret, 1, "b"));
});
