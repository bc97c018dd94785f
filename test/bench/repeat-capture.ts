// Makes a long capture of a short one: its packets again and again, each time later and between other hosts.
// node dist/test/bench/repeat-capture.js capture.pcap out.pcap --times 10
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  options: { times: { type: "string", default: "10" } },
  allowPositionals: true,
});
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
/** Of an Ethernet frame. */
const TYPE = 12;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;

const [source, target] = positionals;
if (source === undefined || target === undefined) throw new Error("a capture and where to write are needed");
const capture = readFileSync(source);
if (capture.readUInt32LE(0) !== 0xa1b2c3d4) throw new Error("only little-endian microsecond pcap");

const starts: number[] = [];
for (let at = FILE_HEADER; at + RECORD_HEADER <= capture.length;) {
  starts.push(at);
  at += RECORD_HEADER + capture.readUInt32LE(at + 8);
}
const first = capture.readUInt32LE(starts[0] ?? 0);
const last = capture.readUInt32LE(starts.at(-1) ?? 0);

/** Moves a record by as long as the capture takes, and its hosts by one network. Checksums stay as they were. */
function move(at: number): void {
  capture.writeUInt32LE(capture.readUInt32LE(at) + last - first + 1, at);
  const frame = at + RECORD_HEADER;
  const type = capture.readUInt16BE(frame + TYPE);
  if (type !== IPV4 && type !== IPV6) return;
  for (const octet of type === IPV4 ? [26, 30] : [23, 39]) {
    capture[frame + octet] = (capture[frame + octet]! + 1) & 255;
  }
}

const out = openSync(target, "w");
writeSync(out, capture, 0, FILE_HEADER);
for (let time = 0; time < Number(values.times); time++) {
  if (time > 0) starts.forEach(move);
  for (let done = FILE_HEADER; done < capture.length;) done += writeSync(out, capture, done);
}
closeSync(out);
