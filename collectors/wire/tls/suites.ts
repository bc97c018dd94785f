// The cipher suites whose records can be opened, and the sizes their keys have.

export interface Suite {
  /** Name for node:crypto. */
  readonly cipher: string;
  readonly mode: "gcm" | "ccm" | "chacha" | "cbc";
  readonly keyBytes: number;
  /** Of the key schedule: PRF or HKDF. */
  readonly hash: "sha256" | "sha384";
  /** Authentication tag of the AEAD modes. */
  readonly tagBytes: number;
  /** MAC of the CBC mode, null otherwise. */
  readonly mac: "sha1" | "sha256" | "sha384" | null;
}

const aes = (bits: 128 | 256, mode: "gcm" | "ccm", hash: Suite["hash"], tagBytes = 16): Suite => ({
  cipher: `aes-${bits}-${mode}`,
  mode,
  keyBytes: bits / 8,
  hash,
  tagBytes,
  mac: null,
});

const cbc = (bits: 128 | 256, mac: "sha1" | "sha256" | "sha384"): Suite => ({
  cipher: `aes-${bits}-cbc`,
  mode: "cbc",
  keyBytes: bits / 8,
  // RFC 5246, section 5: SHA-256 unless the suite says more.
  hash: mac === "sha384" ? "sha384" : "sha256",
  tagBytes: 0,
  mac,
});

const CHACHA: Suite = {
  cipher: "chacha20-poly1305",
  mode: "chacha",
  keyBytes: 32,
  hash: "sha256",
  tagBytes: 16,
  mac: null,
};

// Numbers by IANA, TLS Cipher Suites. The key exchange does not matter to records, so suites that differ in it share a row.
const ROWS: readonly (readonly [Suite, readonly number[]])[] = [
  [aes(128, "gcm", "sha256"), [0x1301, 0x009c, 0x009e, 0x00a8, 0x00aa, 0xc02b, 0xc02f, 0xd001]],
  [aes(256, "gcm", "sha384"), [0x1302, 0x009d, 0x009f, 0x00a9, 0x00ab, 0xc02c, 0xc030, 0xd002]],
  [CHACHA, [0x1303, 0xcca8, 0xcca9, 0xccaa, 0xccab, 0xccac, 0xccad]],
  [aes(128, "ccm", "sha256"), [0x1304, 0xc09c, 0xc09e, 0xc0a4, 0xc0a6, 0xc0ac, 0xd005]],
  [aes(256, "ccm", "sha256"), [0xc09d, 0xc09f, 0xc0a5, 0xc0a7, 0xc0ad]],
  [aes(128, "ccm", "sha256", 8), [0x1305, 0xc0a0, 0xc0a2, 0xc0a8, 0xc0aa, 0xc0ae, 0xd003]],
  [aes(256, "ccm", "sha256", 8), [0xc0a1, 0xc0a3, 0xc0a9, 0xc0ab, 0xc0af]],
  [cbc(128, "sha1"), [0x002f, 0x0033, 0x008c, 0xc009, 0xc013, 0xc035]],
  [cbc(256, "sha1"), [0x0035, 0x0039, 0x008d, 0xc00a, 0xc014, 0xc036]],
  [cbc(128, "sha256"), [0x003c, 0x0067, 0x00ae, 0xc023, 0xc027, 0xc037]],
  [cbc(256, "sha256"), [0x003d, 0x006b]],
  [cbc(256, "sha384"), [0x00af, 0xc024, 0xc028, 0xc038]],
];

const SUITES: ReadonlyMap<number, Suite> = new Map(
  ROWS.flatMap(([suite, numbers]) => numbers.map((number) => [number, suite] as const)),
);

/** undefined for suites whose records stay closed (RC4, 3DES, Camellia, ARIA, NULL, …). */
export function suiteOf(number: number): Suite | undefined {
  return SUITES.get(number);
}
