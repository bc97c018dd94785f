// Opens the UDP socket that mirrors send to, with as much room in the kernel as it grants.
import type { Socket } from "node:dgram";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { isIPv6 } from "node:net";
import type { Log } from "../../src/ops/log.ts";
import { UnreadableInput } from "../input.ts";

/** 8 MiB hold 50 ms of a gigabit, measured to lose nothing at 100,000 packets of 1,500 bytes a second. */
export const WANTED_BUFFER = 8 * 1_048_576;

export interface Address {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
}

/** Rejects with `UnreadableInput` when nothing can be received there. */
export async function openSocket(address: Address, log: Log): Promise<Socket> {
  const socket = createSocket({ type: isIPv6(address.host) ? "udp6" : "udp4" });
  try {
    const listening = once(socket, "listening");
    socket.bind(address.port, address.host);
    await listening;
  } catch (error) {
    socket.close();
    throw new UnreadableInput(bindProblem(address, (error as NodeJS.ErrnoException).code), { cause: error });
  }
  const granted = enlarge(socket);
  if (granted < WANTED_BUFFER) {
    log.warn(
      { granted, wanted: WANTED_BUFFER },
      `the kernel grants a smaller receive buffer than busy mirrors need; raise it with \`sysctl -w net.core.rmem_max=${WANTED_BUFFER}\``,
    );
  }
  return socket;
}

/** The bytes granted. */
function enlarge(socket: Socket): number {
  try {
    socket.setRecvBufferSize(WANTED_BUFFER);
  } catch {
    // some systems refuse what Linux silently cuts down; the size at hand is asked for below
  }
  // Linux doubles what it was asked for, to account for its own overhead, and reports that (socket(7), SO_RCVBUF).
  return socket.getRecvBufferSize() / (process.platform === "linux" ? 2 : 1);
}

function bindProblem({ host, port }: Address, code: string | undefined): string {
  const where = `cannot listen on UDP ${isIPv6(host) ? `[${host}]` : host}:${port}`;
  switch (code) {
    case "EADDRINUSE":
      return `${where}: the port is taken, by another program or by a vxlan or geneve interface of the kernel; choose another with --listen`;
    case "EACCES":
      return `${where}: not permitted; choose a port above 1023 or run with the right to bind lower ones`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${where}: this machine has no such address`;
    default:
      return `${where} (${code ?? "unknown reason"})`;
  }
}
