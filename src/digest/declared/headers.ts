// The headers that declare a service: a closed list of public ones, and those an operator adds by name.
import type { DeclaredRole } from "../../model/declared.ts";
import { baggage, certificateBy, certificateUri, istioMetadata } from "./composite.ts";
import type { Form } from "./forms.ts";
import {
  anyName,
  daprId,
  istioNode,
  kongService,
  kubernetesHost,
  linkerdIdentity,
  revision,
  springContext,
} from "./forms.ts";

export interface DeclaringHeader {
  readonly header: string;
  readonly side: "request" | "response";
  readonly role: DeclaredRole;
  readonly form: Form;
  /** Header that names the namespace. */
  readonly namespace?: string;
}

type Row = readonly [header: string, role: DeclaredRole, form: Form, namespace?: string];

/* Documentation of Istio and Envoy, Linkerd, Dapr, Knative, Azure Container Apps, W3C; the rest are names people give. */
const REQUEST: readonly Row[] = [
  ["x-envoy-decorator-operation", "answers", kubernetesHost],
  ["x-envoy-peer-metadata-id", "calls", istioNode],
  ["x-envoy-peer-metadata", "calls", istioMetadata],
  ["x-forwarded-client-cert", "answers", certificateBy],
  ["x-forwarded-client-cert", "calls", certificateUri],
  ["l5d-dst-canonical", "answers", kubernetesHost],
  ["l5d-dst-override", "answers", kubernetesHost],
  ["l5d-client-id", "calls", linkerdIdentity],
  ["dapr-app-id", "answers", daprId],
  ["dapr-callee-app-id", "answers", daprId],
  ["dapr-caller-app-id", "calls", daprId, "dapr-caller-namespace"],
  ["knative-serving-revision", "answers", revision, "knative-serving-namespace"],
  ["x-k8se-app-name", "answers", revision],
  ["x-ms-containerapp-name", "answers", anyName],
  ["baggage", "calls", baggage],
  ["x-target-service", "answers", anyName],
  ["x-destination-service", "answers", anyName],
  ["x-upstream-service", "answers", anyName],
  ["x-backend-service", "answers", anyName],
  ["x-caller-service", "calls", anyName],
  ["x-calling-service", "calls", anyName],
  ["x-source-service", "calls", anyName],
  ["x-client-service", "calls", anyName],
];

/* The same, Kong (Kong-Debug), Zuul and Spring Boot. */
const RESPONSE: readonly Row[] = [
  ["x-envoy-decorator-operation", "answers", kubernetesHost],
  ["x-envoy-peer-metadata-id", "answers", istioNode],
  ["x-envoy-peer-metadata", "answers", istioMetadata],
  ["l5d-server-id", "answers", linkerdIdentity],
  ["kong-service-name", "answers", kongService],
  ["x-zuul-serviceid", "answers", anyName],
  ["x-application-context", "answers", springContext],
  ["baggage", "answers", baggage],
  ["x-upstream-service", "answers", anyName],
  ["x-backend-service", "answers", anyName],
  ["x-service", "answers", anyName],
  ["x-service-name", "answers", anyName],
  ["x-app-name", "answers", anyName],
  ["x-application-name", "answers", anyName],
];

/** `name` for who answers, on either side; `caller:name` for who calls. */
export function declaringHeaders(added: readonly string[] = []): readonly DeclaringHeader[] {
  return [
    ...REQUEST.map((row) => listed("request", row)),
    ...RESPONSE.map((row) => listed("response", row)),
    ...added.flatMap(addedRows),
  ];
}

function listed(side: DeclaringHeader["side"], [header, role, form, namespace]: Row): DeclaringHeader {
  return { side, header, role, form, ...(namespace !== undefined && { namespace }) };
}

function addedRows(text: string): readonly DeclaringHeader[] {
  const [, prefix, name = ""] = /^(caller:)?(.*)$/s.exec(text.trim().toLowerCase()) ?? [];
  const row = { header: name, form: anyName };
  return prefix === undefined
    ? [
        { ...row, side: "request", role: "answers" },
        { ...row, side: "response", role: "answers" },
      ]
    : [{ ...row, side: "request", role: "calls" }];
}
