// `umbra pins`: what a person decides about paths: merge, split, rename, undo, and why a path is what it is.
import type { Command } from "commander";
import { escapeTerminal } from "../../report/escape.ts";
import type { ApiCall } from "../api-client.ts";
import { callApi } from "../api-client.ts";
import { apiOf, URL_OPTION } from "../api-options.ts";
import { defineCommand } from "../command.ts";

interface Options {
  readonly url: string;
}

interface Pin {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
  readonly name: string | null;
  readonly by: string | null;
}

interface Segment {
  readonly segment: number;
  readonly decided: string;
  readonly by: string;
  readonly score: number | null;
  readonly threshold: number;
  readonly values: number;
  readonly contributions: readonly { readonly weight: number; readonly text: string }[];
  readonly otherwise: string;
}

export default defineCommand({
  id: "pins",
  summary: "decide what segments of paths are: merge, split, rename, undo; ask why a path is what it is",
  declare(command: Command) {
    const sub = (words: string, description: string): Command =>
      command
        .command(words)
        .description(description)
        .option(...URL_OPTION);
    sub("list <service>", "pins of a service").action(list);
    sub(
      "merge <service> <path>",
      "`/users/{id}`: all that stands there is one variable; `/users/ann`: that word is a value",
    ).action((service: string, path: string, options: Options) =>
      pin(service, { kind: "merge", path }, options),
    );
    sub("split <service> <path>", "`/users/me`: the last segment is a route word").action(
      (service: string, path: string, options: Options) => pin(service, { kind: "split", path }, options),
    );
    sub("rename <service> <path> <name>", "`/users/{id}` login: the variable there is called so").action(
      (service: string, path: string, name: string, options: Options) =>
        pin(service, { kind: "rename", path, name }, options),
    );
    sub("remove <service> <id>", "evidence decides again").action(remove);
    sub("undo <event>", "take back a merge or split of the last 30 days, by the id of its event").action(
      undo,
    );
    sub("why <endpoint>", "evidence behind each segment of an endpoint's path, by its id").action(why);
  },
});

async function call<T>(options: Options, asked: ApiCall): Promise<T> {
  const text = await callApi(apiOf(options), asked);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

const say = (line: string): void => void process.stdout.write(`${escapeTerminal(line)}\n`);

function pinLine({ id, kind, path, name, by }: Pin): string {
  return `${id}  ${kind}  ${path}${name === null ? "" : `  ${name}`}${by === null ? "" : `  by ${by}`}`;
}

async function list(service: string, options: Options): Promise<void> {
  const { items } = await call<{ items: readonly Pin[] }>(options, { path: pinsOf(service) });
  for (const one of items) say(pinLine(one));
  if (items.length === 0) process.stderr.write("no pins: evidence decides about all paths\n");
}

async function pin(service: string, body: object, options: Options): Promise<void> {
  say(pinLine(await call<Pin>(options, { path: pinsOf(service), method: "POST", body })));
}

async function remove(service: string, id: string, options: Options): Promise<void> {
  await call(options, { path: `${pinsOf(service)}/${encodeURIComponent(id)}`, method: "DELETE" });
}

async function undo(event: string, options: Options): Promise<void> {
  const path = `/events/${encodeURIComponent(event)}/undo`;
  const { pins } = await call<{ pins: readonly Pin[] }>(options, { path, method: "POST" });
  for (const one of pins) say(pinLine(one));
}

async function why(endpoint: string, options: Options): Promise<void> {
  const path = `/endpoints/${encodeURIComponent(endpoint)}`;
  const found = await call<{ method: string; path: string; grouping?: readonly Segment[] }>(options, {
    path,
  });
  say(`${found.method} ${found.path}`);
  for (const segment of found.grouping ?? []) for (const line of segmentLines(segment)) say(line);
}

function segmentLines(of: Segment): readonly string[] {
  const score =
    of.score === null ? "" : `, score ${of.score.toFixed(2)} (variable above ${of.threshold.toFixed(2)})`;
  return [
    `segment ${of.segment + 1}: ${of.decided} by ${of.by}${score}, ${of.values} values`,
    ...of.contributions.map(({ weight, text }) => `  ${weight < 0 ? "" : "+"}${weight.toFixed(2)}  ${text}`),
    `  ${of.otherwise}`,
  ];
}

function pinsOf(service: string): string {
  return `/services/${encodeURIComponent(service)}/pins`;
}
