// How tcpdump is asked to capture, and what its refusals mean for the person who started us.
import { UnreadableInput } from "../input.ts";

/** What to capture. */
export interface CaptureRequest {
  /** As `tcpdump -D` lists them; "any" takes all. */
  readonly interface: string;
  /** A pcap-filter(7) expression, e.g. "tcp port 80". */
  readonly filter?: string;
  /** Bytes kept of each packet; 0 = whole packets. */
  readonly snaplen: number;
}

/** tcpdump's MAXIMUM_SNAPLEN. */
const MAX_SNAPLEN = 262_144;
/** Kernel buffer in KiB: 16 MiB hold a fifth of a second of a gigabit link while we are busy. */
const BUFFER_KIB = 16_384;

/** Arguments of one tcpdump process. Throws `UnreadableInput` for what could be mistaken for an option. */
export function tcpdumpArguments(request: CaptureRequest): readonly string[] {
  const { interface: name, filter, snaplen } = request;
  if (!isPlain(name))
    throw new UnreadableInput("--interface must name a network interface, such as eth0 or any");
  if (filter !== undefined && !isPlain(filter)) {
    throw new UnreadableInput("--filter must be a tcpdump filter expression, such as 'tcp port 80'");
  }
  if (!Number.isInteger(snaplen) || snaplen < 0 || snaplen > MAX_SNAPLEN) {
    throw new UnreadableInput(`--snaplen must be a number from 0 (whole packets) to ${MAX_SNAPLEN}`);
  }
  const fixed = ["-i", name, "-n", "-U", "-s", String(snaplen), "-B", String(BUFFER_KIB), "-w", "-"];
  return filter === undefined ? fixed : [...fixed, filter];
}

/** The child needs to find its libraries and nothing else: our secrets live in the environment. */
export function tcpdumpEnvironment(
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const { PATH } = own;
  return { LC_ALL: "C", ...(PATH === undefined ? {} : { PATH }) };
}

function isPlain(argument: string): boolean {
  return argument.trim() !== "" && !argument.startsWith("-") && !argument.includes("\0");
}

/** One sentence for a process that could not be started at all. */
export function launchProblem(code: string | undefined): string {
  if (code === "ENOENT") {
    return "tcpdump was not found; install it (the package is called tcpdump), or pipe a capture into `umbra collect pcap -`";
  }
  return `tcpdump could not be started (${code ?? "unknown reason"})`;
}

const RIGHTS =
  'run as root, give tcpdump the right with `setcap cap_net_raw,cap_net_admin=eip "$(command -v tcpdump)"`,' +
  " or start the container with --cap-add NET_RAW --cap-add NET_ADMIN";

/** What tcpdump says on stderr, and what to do about it. */
const refusals: readonly (readonly [RegExp, (request: CaptureRequest, said: string) => string])[] = [
  [/permission|not permitted/i, (request) => `tcpdump may not capture on ${request.interface}; ${RIGHTS}`],
  [
    /no such device|doesn't exist|does not exist/i,
    (request) => `there is no network interface ${request.interface}; \`tcpdump -D\` lists those there are`,
  ],
  [
    /can't parse filter|syntax error|illegal token|unknown (host|port|protocol)/i,
    (_request, said) => `tcpdump does not understand the --filter: ${said}`,
  ],
  [
    /\b(is not up|is down|went down)\b/i,
    (request) => `the network interface ${request.interface} is down; bring it up first`,
  ],
];

/** One sentence for a process that ended before it captured anything. `said` is its stderr, one line each. */
export function startProblem(request: CaptureRequest, said: readonly string[]): string {
  const first = (said[0] ?? "it did not say why").replace(/^tcpdump: /, "");
  const all = said.join(" ");
  const known = refusals.find(([pattern]) => pattern.test(all));
  return known === undefined ? `tcpdump ended: ${first}` : known[1](request, first);
}
