// Holds an object against the published schema of CiliumNetworkPolicy, as strictly as `kubectl apply` does.
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";

type Schema = Readonly<Record<string, unknown>>;

/** Fields the schema does not know are refused; branches (`anyOf`, …) only add conditions on known ones. */
function strict(schema: unknown, isBranch = false): unknown {
  if (Array.isArray(schema)) return schema.map((one) => strict(one, isBranch));
  if (schema === null || typeof schema !== "object") return schema;
  const { properties, pattern, ...rest } = schema as Schema & { readonly properties?: Schema };
  return {
    ...(properties !== undefined && {
      ...(!isBranch && { additionalProperties: false }),
      properties: mapped(properties, (one) => strict(one, isBranch)),
    }),
    // RE2 writes \PC where JavaScript wants \P{C}.
    ...(typeof pattern === "string" && { pattern: pattern.replace(/\\P([A-Z])/g, "\\P{$1}") }),
    ...mapped(rest, (one, name) => strict(one, isBranch || /^(?:anyOf|oneOf|allOf|not)$/.test(name))),
  };
}

function mapped(schema: Schema, of: (value: unknown, name: string) => unknown): Schema {
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, of(value, name)]));
}

const file = new URL("cilium-network-policy-1.18.json", import.meta.url);
const check = new Ajv({
  allErrors: true,
  strict: false,
  formats: { cidr: /^[0-9a-f.:]+\/\d{1,3}$/, int32: true, "idn-hostname": true },
}).compile(strict(JSON.parse(readFileSync(file, "utf8"))) as object);

/** What is wrong with it, by place; empty when the cluster takes it. */
export function ciliumComplaints(policy: unknown): readonly string[] {
  check(policy);
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}
