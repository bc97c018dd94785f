// A real Kafka for tests: one JVM in KRaft mode on free loopback ports, its log in a temporary folder, gone when the test is.
import { execFile, spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { kafkaJars } from "./jars.ts";

export interface Broker {
  /** Comma-separated, as UMBRA_KAFKA_BROKERS takes it. */
  readonly brokers: string;
  /** false for a broker that was running before: it cannot be killed or restarted from here. */
  readonly ours: boolean;
  /** Orderly stop; removes the data. */
  stop(): Promise<void>;
  /** The power cord: SIGKILL, data kept. */
  kill(): Promise<void>;
  /** Starts again on the same address with the same data, after `kill` or from running (then with SIGKILL). */
  restart(): Promise<void>;
}

// A cold JVM needs about three seconds on one free core.
const START_DEADLINE_MS = 90_000;
// Kafka 4's brokers are compiled for it (KIP-1013).
const OLDEST_JAVA = 17;
const STOP_DEADLINE_MS = 15_000;
const JVM = ["-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"];

/** Why no broker can run here, in one line; null when one can. With CI=true a missing broker throws instead. */
export function brokerMissing(): string | null {
  if (givenBrokers() !== null) return null;
  const missing = [javaMajor() >= OLDEST_JAVA ? [] : "Java 17", hasMaven() ? [] : "Maven"].flat();
  if (missing.length === 0) return null;
  const reason = `Kafka suites did not run: no ${missing.join(", no ")} here (UMBRA_TEST_KAFKA_BROKERS names a broker to use instead)`;
  if (process.env["CI"] === "true") throw new Error(reason);
  return reason;
}

/** 0 when there is no Java. */
function javaMajor(): number {
  const { stderr } = spawnSync("java", ["-version"], { encoding: "utf8" });
  return Number(/version "(\d+)/.exec(stderr ?? "")?.[1] ?? 0);
}

function hasMaven(): boolean {
  return spawnSync("mvn", ["-version"], { stdio: "ignore" }).status === 0;
}

/** A running broker, or the one line that says why there is none. */
export async function brokerOrReason(): Promise<Broker | string> {
  return brokerMissing() ?? startBroker();
}

/** Starts a broker, or gives the one that UMBRA_TEST_KAFKA_BROKERS names. */
export async function startBroker(): Promise<Broker> {
  const given = givenBrokers();
  if (given !== null) {
    const refuse = (): Promise<never> => Promise.reject(new Error("this broker is not ours to stop"));
    return { brokers: given, ours: false, stop: async () => {}, kill: refuse, restart: refuse };
  }
  const folder = await mkdtemp(path.join(tmpdir(), "umbra-kafka-"));
  const [port, controllerPort] = await freePorts(2);
  const config = path.join(folder, "server.properties");
  await writeFile(config, properties(folder, port ?? 0, controllerPort ?? 0));
  const classpath = path.join(kafkaJars(), "*");
  const clusterId = randomBytes(16).toString("base64url");
  // Joined to its option: an id may begin with "-", and would be read as an option itself.
  const format = ["kafka.tools.StorageTool", "format", `--cluster-id=${clusterId}`, "-c", config];
  await promisify(execFile)("java", [...JVM, "-cp", classpath, ...format]);
  let jvm = await startJvm(folder, [...JVM, "-cp", classpath, "kafka.Kafka", config], port ?? 0);
  return {
    brokers: `127.0.0.1:${port}`,
    ours: true,
    stop: async () => {
      await jvm.end("SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
    kill: () => jvm.end("SIGKILL"),
    restart: async () => {
      await jvm.end("SIGKILL");
      jvm = await startJvm(folder, [...JVM, "-cp", classpath, "kafka.Kafka", config], port ?? 0);
    },
  };
}

function givenBrokers(): string | null {
  const given = process.env["UMBRA_TEST_KAFKA_BROKERS"]?.trim() ?? "";
  return given === "" ? null : given;
}

function properties(folder: string, port: number, controllerPort: number): string {
  return [
    "process.roles=broker,controller",
    "node.id=1",
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "controller.listener.names=CONTROLLER",
    `log.dirs=${path.join(folder, "log")}`,
    "auto.create.topics.enable=false",
    "offsets.topic.replication.factor=1",
    "offsets.topic.num.partitions=1",
    "transaction.state.log.replication.factor=1",
    "transaction.state.log.min.isr=1",
    "transaction.state.log.num.partitions=1",
    // A consumer that died must be missed within seconds, not the half minute of production.
    "group.min.session.timeout.ms=1000",
    "group.initial.rebalance.delay.ms=0",
    // So must a broker's own previous life, or a restart waits nine seconds for it to expire.
    "broker.session.timeout.ms=1000",
    "broker.heartbeat.interval.ms=200",
    "",
  ].join("\n");
}

interface Jvm {
  /** Ends the process and resolves when it is gone; a SIGTERM that is not heard becomes a SIGKILL. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

// Prints the JVM's pid. When standard input closes before the JVM ended, as it does even when this process is killed, the
// watcher ends the JVM and removes its data; an interrupt of the whole group does not stop it from that.
const GUARD = `
  folder=$1; shift
  exec 3<&0
  java "$@" 3<&- &
  jvm=$!
  echo $jvm
  (trap '' INT TERM; cat <&3 >/dev/null; trap '' USR1; kill -9 $jvm; sleep 1; rm -rf "$folder") 2>/dev/null &
  watcher=$!
  wait $jvm
  kill -USR1 $watcher
`;

async function startJvm(folder: string, args: readonly string[], port: number): Promise<Jvm> {
  const output = path.join(folder, "output.txt");
  const sink = openSync(output, "a");
  const logging = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";
  const shell = spawn("sh", ["-c", GUARD, "sh", folder, logging, ...args], { stdio: ["pipe", "pipe", sink] });
  closeSync(sink);
  const gone = once(shell, "exit");
  const [line] = (await once(shell.stdout as NonNullable<typeof shell.stdout>, "data")) as [Buffer];
  const pid = Number(line.toString().trim());
  const jvm = { end: (signal: "SIGTERM" | "SIGKILL") => endJvm(shell, pid, signal, gone) };
  try {
    await accepting(port, () => shell.exitCode === null);
  } catch (failure) {
    await jvm.end("SIGKILL");
    throw new Error(`Kafka did not start:\n${readFileSync(output, "utf8").slice(-2000)}`, { cause: failure });
  }
  // The broker must not keep a test runner alive that forgot to stop it.
  shell.unref();
  for (const end of [shell.stdin, shell.stdout]) (end as unknown as { unref?: () => void }).unref?.();
  return jvm;
}

async function endJvm(
  shell: ChildProcess,
  pid: number,
  signal: "SIGTERM" | "SIGKILL",
  gone: Promise<unknown>,
): Promise<void> {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  process.kill(pid, signal);
  const late = setTimeout(() => shell.stdin?.end(), STOP_DEADLINE_MS);
  await gone;
  clearTimeout(late);
  shell.stdin?.end();
}

async function accepting(port: number, alive: () => boolean): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (alive() && Date.now() < deadline) {
    if (await accepts(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(alive() ? "no answer in time" : "the process ended");
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const answer = (yes: boolean) => (): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", answer(true)).once("error", answer(false));
  });
}

/** Ports that were free a moment ago; all are held until the last is known, so that they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
