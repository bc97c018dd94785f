// Wraps packets as mirrors do, and sends them over UDP no faster than a loopback socket takes them.
import type { Socket } from "node:dgram";
import { createSocket } from "node:dgram";
import { networkInterfaces } from "node:os";
import { setTimeout } from "node:timers/promises";

/** RFC 7348: flags with the VNI bit, reserved, VNI, reserved. */
export function vxlan(frame: Uint8Array, vni = 7): Buffer {
  const header = Buffer.alloc(8);
  header[0] = 0x08;
  header.writeUInt32BE(vni << 8, 4);
  return Buffer.concat([header, frame]);
}

/** RFC 8926, with as many words of options as AWS Gateway Load Balancers send. */
export function geneve(payload: Uint8Array, protocol = 0x6558, optionWords = 8): Buffer {
  const header = Buffer.alloc(8 + optionWords * 4);
  header[0] = optionWords;
  header.writeUInt16BE(protocol, 2);
  header.writeUInt32BE(9 << 8, 4);
  return Buffer.concat([header, payload]);
}

export interface Sender {
  send(datagrams: readonly Uint8Array[]): Promise<void>;
  /** Without pauses: as fast as the socket takes them. */
  flood(datagrams: readonly Uint8Array[]): Promise<void>;
  close(): void;
}

// 20 packets a millisecond: what a busy mirror brings, and what a default receive buffer still holds.
const BURST = 20;

// What a default receive buffer (208 KiB on Linux, a small datagram counts for 1 to 2 KiB) holds while its reader is busy.
const FLOOD = 64;

export function sender(port: number, host = "127.0.0.1"): Sender {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  return {
    async send(datagrams) {
      for (let at = 0; at < datagrams.length; at += BURST) {
        await Promise.all(
          datagrams.slice(at, at + BURST).map((bytes) => sent(socket, bytes, { port, host })),
        );
        await setTimeout(1);
      }
    },
    async flood(datagrams) {
      for (let at = 0; at < datagrams.length; at += FLOOD) {
        await Promise.all(
          datagrams.slice(at, at + FLOOD).map((bytes) => sent(socket, bytes, { port, host })),
        );
      }
    },
    close: () => void socket.close(),
  };
}

async function sent(socket: Socket, bytes: Uint8Array, to: { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(bytes, to.port, to.host, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** Whether this machine has IPv6 at all; some containers do not. */
export function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
}
