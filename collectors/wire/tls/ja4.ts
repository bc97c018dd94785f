// JA4, the fingerprint of a TLS client: tells client software apart by how it says hello.
import { createHash } from "node:crypto";
import { ALPN, SERVER_NAME } from "./hello.ts";
import type { ClientHello } from "./hello.ts";

const VERSIONS: Readonly<Record<number, string>> = {
  0x0304: "13",
  0x0303: "12",
  0x0302: "11",
  0x0301: "10",
  0x0300: "s3",
  0x0002: "s2",
};

/*
  JA4 (FoxIO, technical details of JA4; BSD 3-Clause, unlike the rest of the JA4+ family)
    a: t (TCP) or q (QUIC), highest version, d or i (with or without SNI), number of cipher suites, number of extensions, first and
       last character of the first ALPN protocol
    b: SHA-256 of the sorted cipher suites, 12 characters
    c: SHA-256 of the sorted extensions but SNI and ALPN, "_", the signature algorithms as sent, 12 characters
  Grease values (RFC 8701) count nowhere.
*/
export function ja4(hello: ClientHello, transport: "t" | "q" = "t"): string {
  const suites = hello.cipherSuites.filter((suite) => !isGrease(suite));
  const extensions = hello.extensions.filter((type) => !isGrease(type));
  const algorithms = hello.signatureAlgorithms.filter((value) => !isGrease(value));
  const named = hello.extensions.includes(SERVER_NAME) ? "d" : "i";
  const a = `${transport}${version(hello)}${named}${count(suites)}${count(extensions)}${alpnMark(hello.alpn[0])}`;
  const kept = extensions.filter((type) => type !== SERVER_NAME && type !== ALPN);
  const signed = algorithms.length === 0 ? "" : `_${algorithms.map(hex4).join(",")}`;
  return `${a}_${digest(sorted(suites))}_${digest(kept.length === 0 ? "" : sorted(kept) + signed)}`;
}

function version({ versions, legacyVersion }: ClientHello): string {
  const offered = versions.filter((value) => !isGrease(value));
  return VERSIONS[Math.max(...(offered.length === 0 ? [legacyVersion] : offered))] ?? "00";
}

function count(values: readonly number[]): string {
  return String(Math.min(values.length, 99)).padStart(2, "0");
}

function alpnMark(protocol: string | undefined): string {
  if (protocol === undefined || protocol === "") return "00";
  const ends = `${protocol[0]}${protocol.at(-1)}`;
  if (/^[0-9A-Za-z]{2}$/.test(ends)) return ends;
  const bytes = Buffer.from(protocol, "latin1").toString("hex");
  return `${bytes[0]}${bytes.at(-1)}`;
}

function sorted(values: readonly number[]): string {
  return values.map(hex4).sort().join(",");
}

function digest(text: string): string {
  return text === "" ? "000000000000" : createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, "0");
}

function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);
}
