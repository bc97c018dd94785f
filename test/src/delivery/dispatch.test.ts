// Every kind of contact has its sender.
import { expect, test, vi } from "vitest";
import { createDispatch } from "../../../src/delivery/dispatch.ts";
import type { Message } from "../../../src/delivery/sender.ts";
import { NOON } from "../../support/builders.ts";
import { aMessage } from "./a-message.ts";

const publish = vi.fn<(message: Message) => Promise<void>>(async () => {});
const dispatch = createDispatch({
  secret: new Uint8Array(32),
  now: () => NOON,
  allowedHosts: new Set(),
  resolve: async () => [],
  smtpUrl: null,
  from: "umbra@localhost",
  publish,
});

test.each([
  [{ kind: "webhook", url: "http://a.test/" }, "name not found"],
  [{ kind: "slack", url: "http://a.test/" }, "name not found"],
  [{ kind: "teams", url: "http://a.test/" }, "name not found"],
  [{ kind: "email", address: "a@b.test" }, "e-mail is not set up: UMBRA_SMTP_URL"],
  [{ kind: "syslog", address: "tcp://127.0.0.1:1" }, "ECONNREFUSED"],
] as const)("%j", async (contact, error) => {
  expect(await dispatch(contact, aMessage())).toEqual({ ok: false, error, final: false });
});

test("the topic gets what it is told; a broker that is away is a failure like any other", async () => {
  expect(await dispatch({ kind: "kafka" }, aMessage())).toEqual({ ok: true });
  expect(publish).toHaveBeenCalledTimes(1);
  publish.mockRejectedValueOnce(new TypeError("away"));
  expect(await dispatch({ kind: "kafka" }, aMessage())).toEqual({
    ok: false,
    error: "TypeError",
    final: false,
  });
});
