// What the two hellos of a TLS handshake say in the clear.
import { parsed, weird } from "../../../src/model/parsed.ts";
import type { Parsed } from "../../../src/model/parsed.ts";
import { u16List, VectorReader } from "./vectors.ts";

export interface ClientHello {
  /** Lower-case hex, the name under which its secrets are logged. */
  readonly random: string;
  readonly legacyVersion: number;
  readonly cipherSuites: readonly number[];
  /** Types in the order sent. */
  readonly extensions: readonly number[];
  /** server_name in lower case; null without the extension, with an empty one, or when it is no host name. */
  readonly sni: string | null;
  /** Protocols as latin1 text, in order of preference. */
  readonly alpn: readonly string[];
  /** supported_versions; empty before TLS 1.3. */
  readonly versions: readonly number[];
  readonly signatureAlgorithms: readonly number[];
  /** encrypted_client_hello is there: the SNI may be a cover name. Browsers also send it as grease. */
  readonly ech: boolean;
  readonly earlyData: boolean;
}

export interface ServerHello {
  readonly random: Uint8Array;
  /** What was chosen: 0x0303 is TLS 1.2, 0x0304 TLS 1.3. */
  readonly version: number;
  readonly cipherSuite: number;
  /** Protocol chosen; in TLS 1.3 it stands in EncryptedExtensions instead. */
  readonly alpn: string | null;
  readonly encryptThenMac: boolean;
  /** HelloRetryRequest: the client says hello once more. */
  readonly retry: boolean;
}

export const SERVER_NAME = 0;
export const SIGNATURE_ALGORITHMS = 13;
export const ALPN = 16;
const ENCRYPT_THEN_MAC = 22;
const EARLY_DATA = 42;
const SUPPORTED_VERSIONS = 43;
const ECH = 0xfe0d;

export const TLS_1_2 = 0x0303;
export const TLS_1_3 = 0x0304;

// RFC 8446, section 4.1.3: SHA-256 of "HelloRetryRequest".
const RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

/*
  ClientHello (RFC 8446, section 4.1.2)
    legacy_version 16, random 32 bytes
    legacy_session_id<8>, cipher_suites<16> of 16, compression_methods<8>
    extensions<16> of: type 16, data<16>; absent in the oldest
*/
export function readClientHello(body: Uint8Array): Parsed<ClientHello> {
  const reader = new VectorReader(body);
  const legacyVersion = reader.u16();
  const random = hex(reader.take(32));
  reader.vector8();
  const cipherSuites = u16List(reader.vector16());
  reader.vector8();
  const extensions = readExtensions(reader);
  if (reader.short) return weird("tls.client-hello");
  const data = (type: number) => extensions.find((extension) => extension.type === type)?.data;
  return parsed({
    random,
    legacyVersion,
    cipherSuites,
    extensions: extensions.map(({ type }) => type),
    sni: serverName(data(SERVER_NAME)),
    alpn: protocolNames(data(ALPN)),
    versions: u16List(data(SUPPORTED_VERSIONS)?.subarray(1) ?? NOTHING),
    signatureAlgorithms: u16List(data(SIGNATURE_ALGORITHMS)?.subarray(2) ?? NOTHING),
    ech: data(ECH) !== undefined,
    earlyData: data(EARLY_DATA) !== undefined,
  });
}

/*
  ServerHello (RFC 8446, section 4.1.3)
    legacy_version 16, random 32 bytes, session_id<8>, cipher_suite 16, compression_method 8
    extensions<16>
*/
export function readServerHello(body: Uint8Array): Parsed<ServerHello> {
  const reader = new VectorReader(body);
  const legacyVersion = reader.u16();
  const random = reader.take(32);
  reader.vector8();
  const cipherSuite = reader.u16();
  reader.u8();
  const extensions = readExtensions(reader);
  if (reader.short) return weird("tls.server-hello");
  const data = (type: number) => extensions.find((extension) => extension.type === type)?.data;
  const [version = legacyVersion] = u16List(data(SUPPORTED_VERSIONS) ?? NOTHING);
  const [alpn = null] = protocolNames(data(ALPN));
  return parsed({
    random: Uint8Array.from(random),
    version,
    cipherSuite,
    alpn,
    encryptThenMac: data(ENCRYPT_THEN_MAC) !== undefined,
    retry: hex(random) === RETRY_RANDOM,
  });
}

/** EncryptedExtensions (RFC 8446, section 4.3.1): extensions<16>. */
export function readEncryptedExtensions(body: Uint8Array): {
  readonly alpn: string | null;
  /** 0-RTT data was accepted. */
  readonly earlyData: boolean;
} {
  const extensions = readExtensions(new VectorReader(body));
  const [alpn = null] = protocolNames(extensions.find(({ type }) => type === ALPN)?.data);
  return { alpn, earlyData: extensions.some(({ type }) => type === EARLY_DATA) };
}

const NOTHING = new Uint8Array(0);

interface Extension {
  readonly type: number;
  readonly data: Uint8Array;
}

function readExtensions(reader: VectorReader): Extension[] {
  if (reader.left === 0) return [];
  const list = new VectorReader(reader.vector16());
  const extensions: Extension[] = [];
  while (list.left > 0 && !list.short) extensions.push({ type: list.u16(), data: list.vector16() });
  if (list.short) reader.short = true;
  return extensions;
}

// RFC 1035: labels of letters, digits, hyphens; underscores occur in practice. 255 bytes at most.
const HOST_NAME = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,126}\.?$/;

/** server_name (RFC 6066, section 3): list<16> of: name_type 8 (0 = host_name), name<16>. */
function serverName(data: Uint8Array | undefined): string | null {
  if (data === undefined) return null;
  const list = new VectorReader(new VectorReader(data).vector16());
  while (list.left > 0 && !list.short) {
    const type = list.u8();
    const name = latin1(list.vector16()).toLowerCase();
    if (type === 0) return name.length <= 255 && HOST_NAME.test(name) ? name : null;
  }
  return null;
}

/** ALPN (RFC 7301, section 3.1): list<16> of name<8>. */
function protocolNames(data: Uint8Array | undefined): string[] {
  if (data === undefined) return [];
  const list = new VectorReader(new VectorReader(data).vector16());
  const names: string[] = [];
  while (list.left > 0 && !list.short) names.push(latin1(list.vector8()));
  return names;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
