// The secrets of TLS connections as their ends log them, found by client random, and room for records that wait for them.

/** Secrets of one connection by label, lower-case hex. */
export type Secrets = ReadonlyMap<string, string>;

/** Shared by all connections of a capture. Secrets are never written anywhere and leave with `drop`. */
export interface KeyLog {
  /** SSLKEYLOGFILE text, as much as there is: a file, a secrets block, or the next bytes of a growing file. */
  add(text: string): void;
  /** Rises whenever secrets were added. */
  readonly version: number;
  /** More may come any time: records wait for their secrets even while none was logged at all. */
  readonly growing: boolean;
  find(clientRandom: string): Secrets | undefined;
  drop(clientRandom: string): void;
  /** Asks for room to hold encrypted bytes until their secrets come; false when all connections together hold enough. */
  reserve(bytes: number): boolean;
  release(bytes: number): void;
}

// About 1 KiB each; a growing file on a busy host names more connections than we follow.
const MAX_CONNECTIONS = 32_768;

// 256 KiB a direction times every connection would be gigabytes; this is half of what a collector may use.
const MAX_HELD = 67_108_864;

// The longest line has a label of 31, a random of 64 and a secret of 96 characters.
const MAX_PARTIAL = 4096;

/*
  SSLKEYLOGFILE (draft-ietf-tls-keylogfile, section 2): lines of
    label SP client random (32 bytes in hex) SP secret (in hex)
  CLIENT_RANDOM secrets have 48 bytes, TLS 1.3 secrets as many as the hash: 32 or 48. Others, and "#" lines, are ignored.
*/
const LINE = /^([A-Z0-9_]{1,40}) ([0-9a-f]{64}) ([0-9a-f]{64}|[0-9a-f]{96})$/i;

/** `growing`: follows a file that is still written; otherwise secrets come before the packets they open. */
export function createKeyLog({ growing = false }: { readonly growing?: boolean } = {}): KeyLog {
  return new KeyStore(growing);
}

class KeyStore implements KeyLog {
  version = 0;
  readonly growing: boolean;
  private readonly connections = new Map<string, Map<string, string>>();
  private partial = "";
  private held = 0;

  constructor(growing: boolean) {
    this.growing = growing;
  }

  add(text: string): void {
    const lines = (this.partial + text).split(/\r\n|\r|\n/);
    const last = lines.pop() ?? "";
    for (const line of lines) this.line(line);
    // The last line may be whole without a line feed; if more of it comes, the longer reading replaces this one.
    this.line(last);
    this.partial = last.slice(0, MAX_PARTIAL);
  }

  find(clientRandom: string): Secrets | undefined {
    return this.connections.get(clientRandom);
  }

  drop(clientRandom: string): void {
    this.connections.delete(clientRandom);
  }

  reserve(bytes: number): boolean {
    if (this.held + bytes > MAX_HELD) return false;
    this.held += bytes;
    return true;
  }

  release(bytes: number): void {
    this.held -= bytes;
  }

  private line(line: string): void {
    const [, label, random, secret] = LINE.exec(line.trim()) ?? [];
    if (label === undefined || random === undefined || secret === undefined) return;
    const key = random.toLowerCase();
    const secrets = this.connections.get(key) ?? new Map<string, string>();
    secrets.set(label.toUpperCase(), secret.toLowerCase());
    this.connections.set(key, secrets);
    this.version++;
    const [oldest] = this.connections.keys();
    if (this.connections.size > MAX_CONNECTIONS && oldest !== undefined) this.connections.delete(oldest);
  }
}
