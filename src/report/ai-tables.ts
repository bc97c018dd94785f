// The AI part of a report as tables and sentences that somebody who answers for risk understands.
import { counted } from "../inventory/counted.ts";
import type { AiSection, ToolRow } from "./ai-section.ts";
import type { ReportTable } from "./report-table.ts";

// A row stays a line.
const SHOWN = 3;

/** Tables with at least one row, in reading order. */
export function aiTables(section: AiSection): readonly ReportTable[] {
  return [assetTable, vendorTable, toolTable, usageTable, dynamicTable, findingTable]
    .map((table) => table(section))
    .filter((table) => table.rows.length > 0);
}

function assetTable({ assets }: AiSection): ReportTable {
  return {
    title: "AI assets",
    head: ["Service", "What", "Serves", "Models", "Asks", "Callers", "Without key", "Requests"],
    rows: assets.map((asset) => ({
      cells: [
        asset.authority,
        asset.vendor === null ? asset.kind : `${asset.kind}: ${asset.vendor}`,
        few(asset.endpoint_kinds),
        few(asset.models),
        few(asset.asks_models),
        asset.callers.length,
        asset.unauthenticated,
        asset.requests,
      ],
      mark: asset.unauthenticated > 0 && asset.kind !== "vendor" ? "high" : "",
    })),
  };
}

function vendorTable({ vendors }: AiSection): ReportTable {
  return {
    title: "AI vendors in use",
    head: ["Vendor", "Approval", "Hosts", "Callers", "Requests", "Encrypted", "Keys"],
    rows: vendors.map((use) => ({
      cells: [
        use.vendor,
        use.approval,
        few(use.hosts),
        few(use.callers),
        use.requests,
        use.connections,
        use.keys,
      ],
      mark: use.approval === "unsanctioned" ? "high" : "",
    })),
  };
}

function toolTable({ servers }: AiSection): ReportTable {
  const tools = servers.flatMap(({ authority, tools: own }) => own.map((tool) => ({ authority, tool })));
  return {
    title: "Tools that models may call",
    head: ["Server", "Tool", "Does", "Calls", "Errors", "Parameters", "Changed", "Asks"],
    rows: tools.map(({ authority, tool }) => ({
      cells: [
        authority,
        tool.name,
        tool.declares ?? tool.effect,
        tool.calls,
        tool.errors,
        few(Object.keys(tool.parameters)),
        tool.changes.join(", "),
        few(tool.backends),
      ],
      mark: tool.changes.includes("newly-destructive") ? "high" : "",
    })),
  };
}

function usageTable({ usage }: AiSection): ReportTable {
  return {
    title: "Tokens (cost is an estimate by list price)",
    head: ["Caller", "Model", "Service", "Exchanges", "Tokens in", "Tokens out", "US dollars"],
    rows: usage.map((row) => ({
      cells: [
        row.caller,
        row.model === "" ? "no public name" : row.model,
        row.authority,
        row.exchanges,
        row.input,
        row.output,
        row.dollars ?? "unknown",
      ],
      mark: "",
    })),
  };
}

function dynamicTable({ dynamic }: AiSection): ReportTable {
  return {
    title: "APIs with signs of being made or found out by machines",
    head: ["Service", "Sign", "Endpoints", "Since", "Why"],
    rows: dynamic.flatMap(({ authority, likely, signs }) =>
      signs.map(({ sign, text, since, endpoints }) => ({
        cells: [authority, sign, endpoints, since.slice(0, 16).replace("T", " "), text],
        mark: likely ? "low" : "",
      })),
    ),
  };
}

function findingTable({ findings }: AiSection): ReportTable {
  return {
    title: "AI findings across services",
    head: ["Severity", "Rule", "Service", "Why"],
    rows: findings.map(({ severity, rule, authority, text }) => ({
      cells: [severity, rule, authority, text],
      mark: severity,
    })),
  };
}

function few(names: readonly string[]): string {
  const left = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** The parts of one sentence; null when there is nothing of it. */
export function aiSentence({ assets, servers, vendors }: AiSection): string | null {
  const own = assets.filter(({ kind }) => kind !== "vendor");
  const open = own.filter(({ unauthenticated }) => unauthenticated > 0).length;
  const tools = servers.reduce((all, server) => all + server.tools.length, 0);
  const exposed = servers.filter(({ unauthenticated }) => unauthenticated > 0);
  const loose = exposed.reduce((all, server) => all + server.tools.filter(isFinal).length, 0);
  const parts = [
    ...(own.length > 0
      ? [`${counted(own.length, "AI service")} of your own (${open} open without credentials)`]
      : []),
    ...(vendors.length > 0 ? [`${counted(vendors.length, "AI vendor")} in use`] : []),
    ...(tools > 0 ? [`${counted(tools, "tool")} offered to models${looseText(loose)}`] : []),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

const FINAL = new Set(["delete", "execute", "pay"]);

/** Using it cannot be taken back. */
function isFinal({ declares, effect }: ToolRow): boolean {
  return declares === null ? FINAL.has(effect) : declares === "destructive";
}

function looseText(count: number): string {
  return count === 0 ? "" : ` (${count} can delete, run or pay without credentials)`;
}
