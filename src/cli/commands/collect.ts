// `umbra collect <way in>`: reads traffic and publishes sightings to Kafka.
import path from "node:path";
import type { Command } from "commander";
import { followRole } from "../../app/follow.ts";
import type { LiveWay } from "../../app/live.ts";
import { liveRole, tunnelNamed, tunnelPorts } from "../../app/live.ts";
import { collectRole } from "../../app/roles.ts";
import { UsageError, defineCommand } from "../command.ts";
import { followRequest } from "../follow-request.ts";
import { keylogText } from "../keylog.ts";
import { progressLine, readingText } from "../progress.ts";
import type { RoleFlags } from "../run-role.ts";
import { declareRoleFlags, runRole } from "../run-role.ts";

interface FileOptions extends RoleFlags {
  readonly inputFormat?: string;
  readonly keylog?: string;
  readonly follow?: readonly string[];
}

interface PcapOptions extends FileOptions {
  readonly interface?: string;
  readonly filter?: string;
  readonly snaplen?: string;
}

interface MirrorOptions extends RoleFlags {
  readonly keylog?: string;
  readonly protocol: string;
}

const KEYLOG = "TLS keys in SSLKEYLOGFILE form; read as they are added where traffic is live or followed";
const FOLLOW = "keep reading these files as they grow, until stopped";

export default defineCommand({
  id: "collect",
  summary: "read traffic and publish sightings to Kafka (needs UMBRA_KAFKA_BROKERS and UMBRA_SECRET)",
  declare(command: Command) {
    declarePcap(command.command("pcap"));
    declareMirror(command.command("mirror"));
    declareRoleFlags(command.command("gateway-log").description("access logs and HAR documents"))
      .argument("[inputs...]", "files; - reads stdin")
      .option("--follow <file...>", FOLLOW)
      .option("--input-format <id>", "what the inputs are, instead of recognising it")
      .action(collectFiles);
  },
});

function declarePcap(command: Command): void {
  declareRoleFlags(
    command.description("a network interface, or packet captures from files or, as -, from a pipe"),
  )
    .argument("[inputs...]", "files; - reads stdin")
    .option("--follow <file...>", FOLLOW)
    .option("--input-format <id>", "what the inputs are, instead of recognising it")
    .option("--keylog <file>", KEYLOG)
    .option("--interface <name>", "capture with tcpdump until stopped, instead of reading inputs")
    .option(
      "--filter <expression>",
      "capture only this, in tcpdump's words: 'tcp port 80'; 'proto gre' for mirrors that send GRE or ERSPAN",
    )
    .option("--snaplen <bytes>", "bytes kept of each packet, 0 for all (the default)")
    .action(collectPcap);
}

function declareMirror(command: Command): void {
  const ports = [...tunnelPorts].map(([name, port]) => `${name} 0.0.0.0:${port}`).join(", ");
  declareRoleFlags(command.description("a traffic mirror that sends VXLAN or GENEVE datagrams here"))
    .option("--listen <host:port>", `UDP address to receive on (${ports})`)
    .option("--keylog <file>", KEYLOG)
    .option("--protocol <name>", `encapsulation: ${[...tunnelPorts.keys()].join(" or ")}`, "vxlan")
    .action(collectMirror);
}

async function collectPcap(inputs: readonly string[], options: PcapOptions): Promise<void> {
  const { interface: name, filter, snaplen } = options;
  if (name === undefined) {
    if (filter !== undefined || snaplen !== undefined) {
      throw new UsageError("--filter and --snaplen only go with --interface");
    }
    if (inputs.length === 0 && options.follow === undefined) {
      throw new UsageError("give capture files, - for stdin, or --interface");
    }
    return collectFiles(inputs, options);
  }
  if (inputs.length > 0 || options.follow !== undefined) {
    throw new UsageError("give either inputs or --interface, not both");
  }
  const capture = { interface: name, snaplen: bytesOf(snaplen), ...(filter === undefined ? {} : { filter }) };
  const way: LiveWay = { kind: "pcap", capture, ...keylogOf(options) };
  await runRole(options, { stay: true }, (context) => liveRole(context, way));
}

/** Named, not read: it grows with the traffic. */
function keylogOf({ keylog }: { readonly keylog?: string }): Pick<LiveWay, "keylogFile"> {
  return keylog === undefined ? {} : { keylogFile: keylog };
}

function bytesOf(snaplen = "0"): number {
  if (!/^\d{1,6}$/.test(snaplen)) throw new UsageError("--snaplen must be a number of bytes, 0 for all");
  return Number(snaplen);
}

async function collectMirror(options: MirrorOptions): Promise<void> {
  const tunnel = tunnelNamed(options.protocol);
  if (tunnel === undefined) {
    throw new UsageError(`--protocol must be ${[...tunnelPorts.keys()].join(" or ")}`);
  }
  const listen = options.listen ?? `0.0.0.0:${tunnelPorts.get(tunnel)}`;
  // Through the settings, since they know what an address must look like.
  await runRole({ ...options, listen }, { stay: true }, (context) => {
    const way: LiveWay = { kind: "mirror", tunnel, listen: context.settings.listen, ...keylogOf(options) };
    return liveRole(context, way);
  });
}

async function collectFiles(inputs: readonly string[], options: FileOptions): Promise<void> {
  const { follow } = options;
  if (follow === undefined && inputs.length === 0) {
    throw new UsageError("give files, - for stdin, or --follow");
  }
  if (follow === undefined) return readFiles(inputs, options);
  if (inputs.length > 0) throw new UsageError("give either inputs or --follow, not both");
  await runRole(options, { stay: true }, (context) => followRole(context, followRequest(follow, options)));
}

async function readFiles(inputs: readonly string[], options: FileOptions): Promise<void> {
  const keylog = options.keylog === undefined ? undefined : await keylogText(options.keylog);
  await runRole(options, { stay: false }, async (context) => {
    const progress = progressLine();
    const done = await collectRole(context, {
      inputs,
      ...(options.inputFormat === undefined ? {} : { inputFormat: options.inputFormat }),
      ...(keylog === undefined ? {} : { keylog }),
      onProgress: ({ name, read, total }) => progress.show(readingText(path.basename(name), read, total)),
    }).finally(() => progress.clear());
    for (const { name, exchanges, sightings } of done) {
      process.stderr.write(`${name}: ${exchanges} exchanges published as ${sightings} sightings\n`);
    }
  });
}
