// `umbra exchanges`: one JSON object a line per exchange, in order of the response.
import { once } from "node:events";
import type { Command } from "commander";
import { printExchanges } from "../../app/exchanges.ts";
import { defineCommand } from "../command.ts";
import { keylogText } from "../keylog.ts";

interface Options {
  readonly inputFormat?: string;
  readonly keylog?: string;
}

// Lines are written in portions: one write per exchange would cost more than decoding it.
const PORTION = 65_536;

export default defineCommand({
  id: "exchanges",
  summary: "print every exchange heard, one JSON object a line (debugging aid; shows raw paths)",
  declare: (command: Command) =>
    void command
      .argument("<inputs...>", "captures, HAR documents, access logs; - reads stdin")
      .option("--input-format <id>", "what the inputs are, instead of recognising it")
      .option("--keylog <file>", "TLS keys in SSLKEYLOGFILE form, to decrypt a capture")
      .action(run),
});

async function run(inputs: readonly string[], { inputFormat, keylog }: Options): Promise<void> {
  const out = portions();
  const weirds = await printExchanges({
    inputs,
    ...(inputFormat === undefined ? {} : { inputFormat }),
    ...(keylog === undefined ? {} : { keylog: await keylogText(keylog) }),
    write: out.write,
  }).finally(() => out.end());
  for (const [name, count] of weirds) process.stderr.write(`odd: ${name} ${count}\n`);
}

function portions() {
  let held: string[] = [];
  let length = 0;
  const flush = (): Promise<void> | undefined => {
    const text = held.join("");
    held = [];
    length = 0;
    if (text === "" || process.stdout.write(text)) return undefined;
    return once(process.stdout, "drain").then(() => undefined);
  };
  return {
    write(line: string): Promise<void> | undefined {
      held.push(line, "\n");
      length += line.length + 1;
      return length >= PORTION ? flush() : undefined;
    },
    end: flush,
  };
}
