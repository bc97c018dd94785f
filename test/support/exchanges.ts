// Prints the exchanges of a capture, one JSON object a line: node exchanges.js FILE [--keylog F] [--counters].
import { createReadStream, existsSync, readFileSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { exchangeLine } from "../../collectors/exchange-line.ts";
import { type ExchangeSink, UnreadableInput } from "../../collectors/input.ts";
import { capture } from "../../collectors/pcap/capture-reader.ts";

const { values, positionals } = parseArgs({
  options: { keylog: { type: "string" }, counters: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [file = ""] = positionals;
const counters: Record<string, number> = {};
let lines: string[] = [];

/** Blocking writes are the simplest back-pressure there is. */
function print(): void {
  const text = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  lines = [];
  for (let at = 0; at < text.length;) {
    try {
      at += writeSync(1, text, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

const sink: ExchangeSink = {
  exchange: (exchange) => {
    lines.push(exchangeLine(exchange));
    if (lines.length >= 1_000) print();
  },
  weird: ({ name }) => sink.count(`weird ${name}`),
  count: (name, by = 1) => (counters[name] = (counters[name] ?? 0) + by),
  ready: () => undefined,
};

try {
  if (!existsSync(file)) throw new UnreadableInput("no such file");
  const keylog = values.keylog === undefined ? {} : { keylog: readFileSync(values.keylog, "utf8") };
  await capture.read(createReadStream(file, { highWaterMark: 262_144 }), sink, { name: file, ...keylog });
  print();
} catch (error) {
  if (!(error instanceof UnreadableInput)) throw error;
  print();
  console.error(`${file}: ${error.message}`);
  process.exitCode = 2;
}
if (values.counters) console.error(counters);
