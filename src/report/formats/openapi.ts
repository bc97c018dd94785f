// What was discovered as OpenAPI 3.1, one YAML document per service.
import { exportOpenApi } from "../../openapi/export.ts";
import { renderYaml } from "../../openapi/render.ts";
import { defineReportFormat } from "../format.ts";
import { compare } from "../scan-report.ts";

export default defineReportFormat({
  id: "openapi",
  title: "OpenAPI 3.1 in YAML, one document per service",
  mediaType: "application/yaml",
  render(_report, { services, endpoints }) {
    const documents = [...services]
      .sort((a, b) => compare(a.authority, b.authority))
      .map((service) => exportOpenApi(endpoints, service))
      .filter((document) => Object.keys(document.paths ?? {}).length > 0);
    if (documents.length === 0) return "# no API endpoint was heard\n";
    return documents.map(renderYaml).join("---\n");
  },
});
