// The caller graph as drawings other tools make: Graphviz DOT and Mermaid. Names from traffic are text in both.
import type { CallerEdge, CallerGraph, TargetNode } from "../../inventory/caller-graph.ts";
import { escapeTerminal } from "../escape.ts";

/*
  DOT (Graphviz, The DOT Language): a double-quoted string ends at an unescaped quote; in labels a backslash begins an
  escape (\N, \G, \n, …), so both are escaped.
*/
export function graphDot(graph: CallerGraph): string {
  const names = namesOf(graph);
  const nodes = [
    ...graph.callers.map(({ id, name, kind, exposure }) => {
      const shape = kind === "workload" || kind === "declared" ? "box" : "ellipse";
      const color = exposure === "external" ? `, color="#b42318"` : "";
      return `  ${names.caller(id)} [label=${quoted(name)}, shape=${shape}${color}];`;
    }),
    ...graph.targets.map((target) => {
      const style = target.aiKind === null ? "" : `, style=filled, fillcolor="#ede9fe"`;
      return `  ${names.target(target.id)} [label=${quoted(labelOf(target))}, shape=box${style}];`;
    }),
  ];
  const edges = graph.edges.map(
    (edge) =>
      `  ${names.caller(edge.caller)} -> ${names.target(edge.target)} [label=${quoted(String(edge.requests))}];`,
  );
  return `digraph callers {\n  rankdir=LR;\n${[...nodes, ...edges].join("\n")}\n}\n`;
}

function quoted(text: string): string {
  return `"${escapeTerminal(text)
    .replaceAll("\\", "\\\\")
    .replaceAll('"', String.raw`\"`)}"`;
}

/*
  Mermaid flowchart (Mermaid, Flowchart syntax): node text in double quotes; within them marks are written as entity
  codes, `#35;` for the hash that begins one. Markdown strings begin with a backquote.
*/
export function graphMermaid(graph: CallerGraph): string {
  const names = namesOf(graph);
  const nodes = [
    ...graph.callers.map(({ id, name }) => `  ${names.caller(id)}(["${entities(name)}"])`),
    ...graph.targets.map((target) => `  ${names.target(target.id)}["${entities(labelOf(target))}"]`),
  ];
  const edges = graph.edges.map(
    (edge) => `  ${names.caller(edge.caller)} -->|${edgeText(edge)}| ${names.target(edge.target)}`,
  );
  return `flowchart LR\n${[...nodes, ...edges].join("\n")}\n`;
}

function edgeText({ requests }: CallerEdge): string {
  return `"${requests}"`;
}

function entities(text: string): string {
  return escapeTerminal(text).replace(/[^A-Za-z0-9 ./_:-]/gu, (mark) => `#${mark.codePointAt(0) ?? 63};`);
}

function labelOf({ authority, method, path, operation, aiKind }: TargetNode): string {
  const place = method === null ? authority : `${method} ${authority}${path ?? ""}`;
  return [place, operation, aiKind === null ? null : `(${aiKind})`].filter((part) => part !== null).join(" ");
}

/** Names of our own making: what traffic wrote stands in labels only. */
function namesOf({ callers, targets }: CallerGraph) {
  const numbered = (letter: string, nodes: readonly { readonly id: string }[]) => {
    const numbers = new Map(nodes.map(({ id }, index) => [id, `${letter}${index}`]));
    return (id: string): string => numbers.get(id) ?? `${letter}x`;
  };
  return { caller: numbered("c", callers), target: numbered("t", targets) };
}
