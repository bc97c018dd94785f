// Path templates as a tree of segments: literal beats partly literal beats variable, from the left, with a way back.

// Template (OpenAPI, Path Templating): "/" segments; "{name}" stands for one or more characters without "/".
// A segment may mix both: "{name}.json", "report({from},{to})".
// Gateways write "{name+}" or "{name*}" for all that follows, at the end alone; and google.api.http writes what form the
// value of a variable has: "{name=shelves/*}" is "shelves" and a variable, "**" in it all that follows.
interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  /** Segments with variables, most literal characters first, then by text: the order in which they are tried. */
  variables: {
    readonly source: string;
    readonly test: (segment: string) => boolean;
    readonly node: Node<T>;
  }[];
  readonly values: T[];
  /** Of templates that end here in all that follows. */
  readonly tails: T[];
}

export interface TemplateTree<T> {
  add(template: string, value: T): void;
  /** Values of the most specific template that fits and that `wanted` accepts; `[]` when none does. */
  find(path: string, wanted: (values: readonly T[]) => boolean): readonly T[];
}

export function templateTree<T>(): TemplateTree<T> {
  const root = emptyNode<T>();
  return {
    add(template, value) {
      const segments = segmentsOf(plainTemplate(template));
      const isOpen = TAIL.test(segments.at(-1) ?? "");
      let node = root;
      for (const segment of isOpen ? segments.slice(0, -1) : segments) node = childFor(node, segment);
      (isOpen ? node.tails : node.values).push(value);
    },
    find: (path, wanted) => search(root, segmentsOf(path), wanted),
  };
}

const TAIL = /^\{[^{}]*[+*]\}$/;

/** With variables of one segment each, and a tail. */
function plainTemplate(template: string): string {
  return template.replaceAll(/\{([^{}=/]*)=([^{}]*)\}/g, (_, name: string, form: string) =>
    form
      .split("/")
      .map((part) => (part === "**" ? `{${name}+}` : part === "*" ? `{${name}}` : part))
      .join("/"),
  );
}

/** Segments of a path; doubled and trailing slashes do not count, and octets are decoded where that is safe. */
export function segmentsOf(path: string): readonly string[] {
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map(readable);
}

function readable(segment: string): string {
  if (!segment.includes("%") || /%2f/i.test(segment)) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function emptyNode<T>(): Node<T> {
  return { literals: new Map(), variables: [], values: [], tails: [] };
}

function childFor<T>(node: Node<T>, segment: string): Node<T> {
  if (!/\{[^{}]*\}/.test(segment)) {
    const held = node.literals.get(segment) ?? emptyNode<T>();
    node.literals.set(segment, held);
    return held;
  }
  const source = segment.replaceAll(/\{[^{}]*\}/g, "{}");
  const known = node.variables.find((variable) => variable.source === source);
  if (known !== undefined) return known.node;
  const made = { source, test: textTest(source), node: emptyNode<T>() };
  node.variables = [...node.variables, made].sort(
    (a, b) => b.source.length - a.source.length || (a.source < b.source ? -1 : 1),
  );
  return made.node;
}

/** Whether a text is literal pieces with something in place of each `{…}`. Greedy from the left without backtracking into regexes: each literal piece is looked for behind the one before. */
export function textTest(pattern: string): (segment: string) => boolean {
  const pieces = pattern.split(/\{[^{}]*\}/);
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  const inner = pieces.slice(1, -1);
  return (segment) => {
    if (!segment.startsWith(first) || !segment.endsWith(last)) return false;
    const end = segment.length - last.length;
    let from = first.length;
    for (const piece of inner) {
      const at = segment.indexOf(piece, from + 1);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from < end;
  };
}

/** Visits each node of the tree at most once, so a hostile document cannot make it slower than its own size. */
function search<T>(
  node: Node<T>,
  segments: readonly string[],
  wanted: (values: readonly T[]) => boolean,
  depth = 0,
): readonly T[] {
  const segment = segments[depth];
  if (segment === undefined) return chosen(node.values, wanted);
  const literal = node.literals.get(segment);
  const tried = literal === undefined ? [] : search(literal, segments, wanted, depth + 1);
  if (tried.length > 0) return tried;
  for (const variable of node.variables) {
    const found = variable.test(segment) ? search(variable.node, segments, wanted, depth + 1) : [];
    if (found.length > 0) return found;
  }
  return chosen(node.tails, wanted);
}

function chosen<T>(values: readonly T[], wanted: (values: readonly T[]) => boolean): readonly T[] {
  return values.length > 0 && wanted(values) ? values : [];
}
