// Syslog with CEF inside, for SIEMs: one line a finding, over UDP or TCP.
import dgram from "node:dgram";
import net from "node:net";
import os from "node:os";
import type { FindingNews } from "../model/governance.ts";
import { detail, oneLine } from "./news-text.ts";
import type { Send, SendResult } from "./sender.ts";

const TIMEOUT_MS = 10_000;
// CEF severities go from 0 to 10; syslog severities from 0 (emergency) to 7 (debug). Facility 13 is "log audit".
const CEF_SEVERITY = { info: 1, low: 3, medium: 5, high: 8, critical: 10 } as const;
const SYSLOG_SEVERITY = { info: 6, low: 5, medium: 4, high: 3, critical: 2 } as const;
const FACILITY = 13;

/*
  RFC 5424:  <PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID SD MSG
  CEF 0:     CEF:0|vendor|product|version|signature id|name|severity|key=value …
             header escapes \ and |, extension escapes \ and = and line ends
*/
export function syslogLine(news: FindingNews, key: string, now: number, hostname = os.hostname()): string {
  const { finding, turn, method, path, owner } = news;
  const priority = FACILITY * 8 + SYSLOG_SEVERITY[finding.severity];
  const header = [
    "CEF:0",
    "Umbra",
    "Umbra",
    "1",
    finding.rule,
    finding.title,
    CEF_SEVERITY[finding.severity],
  ];
  const extension = {
    externalId: key,
    act: turn,
    dhost: finding.authority,
    requestMethod: method,
    request: path,
    suser: owner ?? "",
    msg: detail(news),
  };
  const fields = Object.entries(extension).map(([name, value]) => `${name}=${extensionText(value)}`);
  const cef = `${header.map((part) => headerText(String(part))).join("|")}|${fields.join(" ")}`;
  const host = hostname.replaceAll(/[^\x21-\x7e]/g, "-").slice(0, 255) || "-";
  return `<${priority}>1 ${new Date(now).toISOString()} ${host} umbra - finding - ${cef}`;
}

function headerText(text: string): string {
  return oneLine(text).replaceAll(/[\\|]/g, String.raw`\$&`);
}

function extensionText(text: string): string {
  return oneLine(text).replaceAll(/[\\=]/g, String.raw`\$&`);
}

/** `address`: udp://host:514 or tcp://host:601. */
export function syslogSender(now: () => number): Send<{ readonly kind: "syslog"; readonly address: string }> {
  return ({ address }, { news, keys }) => {
    const lines = news.map((one, index) => syslogLine(one, keys[index] ?? "", now()));
    const { protocol, hostname, port } = new URL(address);
    const place = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 514) };
    return protocol === "tcp:" ? overTcp(place, lines) : overUdp(place, lines);
  };
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** RFC 6587, 3.4.1: each message behind its length. */
function overTcp({ host, port }: Place, lines: readonly string[]): Promise<SendResult> {
  return new Promise((done) => {
    const socket = net.connect({ host, port, timeout: TIMEOUT_MS });
    const fail = (error: string): void => {
      socket.destroy();
      done({ ok: false, error, final: false });
    };
    socket.on("timeout", () => fail("timeout"));
    socket.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? "connection"));
    socket.on("close", () => done({ ok: true }));
    socket.resume();
    socket.end(lines.map((line) => `${Buffer.byteLength(line)} ${line}`).join(""));
  });
}

async function overUdp({ host, port }: Place, lines: readonly string[]): Promise<SendResult> {
  const socket = dgram.createSocket(net.isIPv6(host) ? "udp6" : "udp4");
  try {
    for (const line of lines)
      await new Promise<void>((resolve, reject) =>
        socket.send(line, port, host, (error) => (error === null ? resolve() : reject(error))),
      );
    return { ok: true };
  } catch (error) {
    return { ok: false, error: (error as NodeJS.ErrnoException).code ?? "socket", final: false };
  } finally {
    socket.close();
  }
}
