// What was discovered as OpenAPI 3.1 or 3.0.3, one YAML document per service.
import { downgraded } from "../../openapi/downgrade.ts";
import { exportOpenApi } from "../../openapi/export.ts";
import { renderYaml } from "../../openapi/render.ts";
import { defineReportFormat } from "../format.ts";
import { compare } from "../endpoint-row.ts";

export default defineReportFormat({
  id: "openapi",
  title: "OpenAPI 3.1 in YAML, one document per service",
  mediaType: "application/yaml",
  render(_report, { services, endpoints, hostGroups = [] }, { openapi = "3.1", only }) {
    const documents = [...services]
      .sort((a, b) => compare(a.authority, b.authority))
      .map((service) =>
        exportOpenApi(endpoints, service, { hostGroups, ...(only !== undefined && { only }) }),
      )
      .filter((document) => Object.keys(document.paths ?? {}).length > 0);
    if (documents.length === 0) return "# no API endpoint was heard\n";
    const edition = openapi === "3.0" ? documents.map(downgraded) : documents;
    return edition.map(renderYaml).join("---\n");
  },
});
