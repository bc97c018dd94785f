// The counters of server ports (`port.443.tls-bytes`) as rows: what was heard where, and how much of it could be read.

export interface PortRow {
  /** ":443", or "other ports" for those beyond the number counted apart. */
  readonly port: string;
  readonly flows: number;
  readonly bytes: number;
  readonly http: number;
  readonly tls: number;
  readonly opened: number;
  readonly opaque: number;
}

const NAME = /^port\.(\d{1,5}|other)\.([a-z-]+)$/;

export function isPortCounter(name: string): boolean {
  return NAME.test(name);
}

/** The busiest first. */
export function portRows(counters: Readonly<Record<string, number>>): readonly PortRow[] {
  const ports = new Map<string, Map<string, number>>();
  for (const [name, count] of Object.entries(counters)) {
    const [, port, what] = NAME.exec(name) ?? [];
    if (port === undefined || what === undefined) continue;
    ports.set(port, (ports.get(port) ?? new Map<string, number>()).set(what, count));
  }
  return [...ports].map(([port, counts]) => rowOf(port, counts)).sort(busiest);
}

function rowOf(port: string, counts: ReadonlyMap<string, number>): PortRow {
  const count = (what: string): number => counts.get(what) ?? 0;
  return {
    port: port === "other" ? "other ports" : `:${port}`,
    flows: count("flows"),
    bytes: count("bytes"),
    http: count("http-bytes"),
    tls: count("tls-bytes"),
    opened: count("opened-bytes"),
    opaque: count("opaque-bytes"),
  };
}

function busiest(a: PortRow, b: PortRow): number {
  return b.bytes - a.bytes || (a.port < b.port ? -1 : 1);
}
