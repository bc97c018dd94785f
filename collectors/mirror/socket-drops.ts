// How many datagrams the kernel dropped for a UDP socket of this process, from Linux' own table.
import { readFile, readdir, readlink } from "node:fs/promises";

/*
  /proc/net/udp and udp6 (linux, net/ipv4/udp.c, udp4_format_sock): a headline, then per socket
    sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ref pointer drops
  addresses as hexadecimal ADDRESS:PORT.
*/
const LOCAL = 1;
const INODE = 9;
const DROPS = 12;

export interface UdpRow {
  readonly port: number;
  readonly inode: string;
  readonly drops: number;
}

/** Rows of the table; lines of another shape are left out. */
export function udpRows(table: string): readonly UdpRow[] {
  const rows: UdpRow[] = [];
  for (const line of table.split("\n").slice(1)) {
    const columns = line.trim().split(/\s+/);
    const port = Number.parseInt(columns[LOCAL]?.split(":")[1] ?? "", 16);
    const inode = columns[INODE];
    const drops = Number(columns[DROPS]);
    if (inode !== undefined && Number.isInteger(port) && Number.isInteger(drops)) {
      rows.push({ port, inode, drops });
    }
  }
  return rows;
}

/** Drops so far of this process's sockets on `port`; null where the kernel does not tell. */
export async function socketDrops(port: number): Promise<number | null> {
  try {
    const tables = await Promise.all(["/proc/net/udp", "/proc/net/udp6"].map(tableAt));
    const own = await ownSockets();
    const rows = tables.flatMap(udpRows).filter((row) => row.port === port && own.has(row.inode));
    return rows.length === 0 ? null : rows.reduce((sum, { drops }) => sum + drops, 0);
  } catch {
    return null;
  }
}

/** A machine without IPv6 has no second table. */
async function tableAt(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

/** Inodes of the sockets this process has open. */
async function ownSockets(): Promise<ReadonlySet<string>> {
  const folder = "/proc/self/fd";
  const links = await Promise.all(
    (await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => "")),
  );
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}
