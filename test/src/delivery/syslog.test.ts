// Syslog lines as SIEMs parse them, over both transports.
import dgram from "node:dgram";
import net from "node:net";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { syslogLine, syslogSender } from "../../../src/delivery/syslog.ts";
import { NOON } from "../../support/builders.ts";
import { aFindingRecord } from "../../support/governance.ts";
import { aMessage, HOSTILE, someNews } from "./a-message.ts";

test("a line is RFC 5424 around CEF", () => {
  expect(syslogLine(someNews(), "de_1", NOON, "box")).toBe(
    "<107>1 2026-11-02T12:00:00.000Z box umbra - finding - " +
      "CEF:0|Umbra|Umbra|1|no-auth|Sensitive data without authentication|8|externalId=de_1 act=opened " +
      "dhost=shop.test requestMethod=GET request=/orders suser=orders " +
      "msg=auth none. Owner: orders. fi_1, endpoint ep_1",
  );
});

test("hostile names stay in their field", () => {
  const news = someNews({ path: HOSTILE, finding: aFindingRecord({ title: HOSTILE, text: HOSTILE }) });
  const line = syslogLine(news, "de_1", NOON, "b\nox");
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  // Six more fields behind the first, each ended by a bar that is not escaped; then the extension.
  const [, extension = ""] = /CEF:0(?:\|(?:\\.|[^\\|])*){6}\|(.*)$/.exec(line) ?? [];
  expect(extension.match(/(?<!\\)=/g)).toHaveLength(7);
});

test("UDP: one datagram a finding", async () => {
  const socket = dgram.createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const got: string[] = [];
  const both = new Promise<void>((resolve) => {
    socket.on("message", (bytes) => {
      got.push(bytes.toString());
      if (got.length === 2) resolve();
    });
  });
  const address = `udp://127.0.0.1:${socket.address().port}`;
  const result = await syslogSender(() => NOON)(
    { kind: "syslog", address },
    aMessage([someNews(), someNews()]),
  );
  await both;
  socket.close();
  expect(result).toEqual({ ok: true });
  expect(got[1]).toContain("externalId=de_2");
});

test("TCP: lines behind their length; a server that is away fails by name", async () => {
  let got = "";
  const server = net.createServer((socket) => socket.on("data", (bytes) => (got += bytes.toString())));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = syslogSender(() => NOON);
  expect(await send({ kind: "syslog", address }, aMessage())).toEqual({ ok: true });
  await new Promise((resolve) => server.close(resolve));
  const [, length = "", line = ""] = /^(\d+) (.*)$/s.exec(got) ?? [];
  expect(Number(length)).toBe(Buffer.byteLength(line));
  expect(await send({ kind: "syslog", address }, aMessage())).toMatchObject({
    ok: false,
    error: "ECONNREFUSED",
  });
});
