// The promise of the digest: whatever secret stands wherever in an exchange, its sighting does not contain it.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { declaringHeaders } from "../../../src/digest/declared/headers.ts";
import type { DataClass } from "../../../src/digest/data-class.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import { loadUnits } from "../../../src/ops/units.ts";
import { aBody, aDigest, anExchange, json } from "./an-exchange.ts";

const units = await loadUnits<DataClass>(new URL("../../../src/digest/data-classes/", import.meta.url));
const { digest } = aDigest([...units.values()]);

const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const letters = (alphabet: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((chars) => chars.join(""));

/** Identifier-like by form. The random ones carry a digit, as nearly all real ones of their length do. */
const secret = fc.oneof(
  fc.uuid(),
  letters("0123456789", 9, 20).map((digits) => `9${digits}`),
  letters("0123456789abcdef", 20, 64).map((hex) => `${hex}7f`),
  letters(ALPHANUMERIC, 20, 40).map((text) => `${text.slice(0, 10)}4x7Q${text.slice(10)}`),
  fc.tuple(letters("abcdefghijk", 6), letters("abcdefghijk", 6)).map(([a, b]) => `${a}@${b}.example`),
  letters(ALPHANUMERIC, 16).map((text) => `cus_${text}5k8`),
);

/** As part of an identifier; an address cannot be one. */
const asName = (s: string): string => (s.includes("@") ? "Anyone" : s.replaceAll(/\W/g, ""));

type Place = (secret: string) => Exchange;
const post = (contentType: string, body: string): Exchange =>
  anExchange({
    request: { method: "POST", path: "/x", headers: [["content-type", contentType]], body: aBody(body) },
  });
const header = (name: string, value: string): Exchange =>
  anExchange({ request: { headers: [[name, value]] } });
const answer = (contentType: string, body: string): Exchange =>
  anExchange({ response: { headers: [["content-type", contentType]], body: aBody(body) } });

const PLACES: Readonly<Record<string, Place>> = {
  "path segment": (s) => anExchange({ request: { path: `/users/${encodeURIComponent(s)}/orders` } }),
  "path segment with verb": (s) => anExchange({ request: { path: `/users/${s}:cancel` } }),
  "path segment with extension": (s) => anExchange({ request: { path: `/users/${s}.json` } }),
  "path key in parentheses": (s) => anExchange({ request: { path: `/Users('${s}')/Orders(id=${s})` } }),
  "matrix parameter": (s) => anExchange({ request: { path: `/a;k=${s}/b` } }),
  "matrix parameter name": (s) => anExchange({ request: { path: `/a;${s}/b` } }),
  "declared route": (s) => anExchange({ declaredRoute: `/users/${s}` }),
  "query value": (s) => anExchange({ request: { query: `q=${encodeURIComponent(s)}&token=${s}` } }),
  "query name": (s) => anExchange({ request: { query: `${s}&${s}=1&filter[${s}]=2&${s}[]=3` } }),
  "header value": (s) => header("x-custom", s),
  "header name": (s) => header(`x-${s}`, "1"),
  "api key": (s) => header("x-api-key", s),
  basic: (s) => header("authorization", `Basic ${Buffer.from(`user:${s}`).toString("base64")}`),
  bearer: (s) => header("authorization", `Bearer ${s}`),
  "bare authorization": (s) => header("authorization", s),
  "user agent": (s) => header("user-agent", `${s}/1.0 (${s})`),
  "content type": (s) => header("content-type", `application/${s}; boundary=${s}; charset=${s}`),
  forwarded: (s) =>
    anExchange({ client: { address: "10.0.0.2", port: 1 }, request: { headers: [["x-forwarded-for", s]] } }),
  "soap action": (s) => header("soapaction", `"urn:${s}"`),
  "cookie value": (s) => header("cookie", `sid=${s}; theme=${s}`),
  "cookie name": (s) => header("cookie", `${s}=1; _ga_${s}=2`),
  "response header": (s) =>
    anExchange({
      response: {
        headers: [
          ["location", `/x/${s}`],
          ["set-cookie", `sid=${s}`],
          [`x-${s}`, "1"],
        ],
      },
    }),
  method: (s) => anExchange({ request: { method: s } }),
  "user in authority": (s) => anExchange({ request: { authority: `${s}:${s}@api.example.com` } }),
  "authority with path": (s) => anExchange({ request: { authority: `a/${s}` } }),
  "json string": (s) => anExchange({ request: json({ a: [{ b: s }], password: s, note: `see ${s}` }) }),
  "json response": (s) => anExchange({ response: json({ a: s, "1": { c: [s, s] } }) }),
  "json key": (s) => anExchange({ request: json({ [s]: { [s]: 1 }, list: [{ [`k_${s}`]: 2 }] }) }),
  "json text at root": (s) => post("application/json", JSON.stringify(s)),
  "json cut short": (s) =>
    anExchange({
      request: {
        headers: [["content-type", "application/json"]],
        body: aBody(`{"${s}":"${s}","b":"${s.slice(0, -1)}`, false),
      },
    }),
  "broken json": (s) => post("application/json", `{"a":${s}}`),
  "json lines": (s) => post("application/x-ndjson", `{"a":"${s}"}\n{"${s}":1}\n${s}`),
  "server-sent events": (s) =>
    answer("text/event-stream", `event: ${s}\ndata: {"a":"${s}"}\n\ndata: ${s}\n\n`),
  "form value": (s) => post("application/x-www-form-urlencoded", `a=${encodeURIComponent(s)}&password=${s}`),
  "form name": (s) => post("application/x-www-form-urlencoded", `${encodeURIComponent(s)}=1`),
  multipart: (s) =>
    post(
      "multipart/form-data; boundary=X",
      `--X\r\nContent-Disposition: form-data; name="${s}"; filename="${s}"\r\n\r\n${s}\r\n--X--`,
    ),
  "plain text": (s) => post("text/plain", `secret ${s}`),
  html: (s) => answer("text/html", `<p>${s}</p>`),
  soap: (s) =>
    post(
      "text/xml",
      `<e:Envelope><e:Body><m:Pay_${asName(s)}><card n="${s}">${s}</card></m:Pay_></e:Body></e:Envelope>`,
    ),
  "graphql literal": (s) =>
    anExchange({ request: json({ query: `{ user(id: "${s}") { name } }`, variables: { id: s } }) }),
  "graphql name": (s) =>
    anExchange({ request: json({ query: `query q${asName(s)} { a }`, operationName: s }) }),
  "graphql in query": (s) =>
    anExchange({ request: { query: `query=${encodeURIComponent(`{a(id:"${s}")}`)}` } }),
  "json-rpc": (s) => anExchange({ request: json({ jsonrpc: "2.0", method: s, params: [s], id: s }) }),
  "unknown body": (s) => post("application/octet-stream", s),
};

describe.each(Object.entries(PLACES))("%s", (_, place) => {
  test("keeps no secret", () => {
    fc.assert(
      fc.property(secret, (secret) => {
        const text = JSON.stringify(digest(place(secret)));
        expect(text).not.toContain(secret);
        expect(text.toLowerCase()).not.toContain(secret.toLowerCase().replaceAll(/\W/g, ""));
      }),
      { numRuns: 60 },
    );
  });
});

/** In every header that declares a service, plain and in each of the forms such headers have. */
const FORMS: readonly ((secret: string) => string)[] = [
  (s) => s,
  (s) => `${s}.shop.svc.cluster.local:80/*`,
  (s) => `orders.${s}.svc:80/${s}`,
  (s) => `spiffe://x/ns/${s}/sa/${s}`,
  (s) => `By=spiffe://x/ns/shop/sa/${s};Subject="CN=${s}";URI=spiffe://${s}/ns/${s}/sa/web`,
  (s) => `${s}.shop.serviceaccount.identity.linkerd.${s}`,
  (s) => `sidecar~${s}~${s}-7d9f8b6c5d-x2x9z.shop~${s}`,
  (s) => `service.name=${s},k8s.namespace.name=${s},user=${s}`,
  (s) => `orders:${s}:8080`,
];
const declaring = [...new Set(declaringHeaders().map(({ header }) => header))];
const inside = { client: { address: "10.0.0.2", port: 1 } };

test.each(FORMS.map((form) => [form("SECRET"), form] as const))(
  "a service declared as %s keeps no secret",
  (_, form) => {
    fc.assert(
      fc.property(secret, (s) => {
        const headers = declaring.map((name) => [name, form(s)] as const);
        const text = JSON.stringify(
          digest(anExchange({ ...inside, request: { headers }, response: { headers } })),
        );
        expect(text).not.toContain(s);
        expect(text.toLowerCase()).not.toContain(s.toLowerCase().replaceAll(/\W/g, ""));
      }),
      { numRuns: 40 },
    );
  },
);

test("of what stands beside a declared name no word is kept, and of other headers none", () => {
  const headers = [
    ["baggage", "user=anna,service.name=front"],
    ["x-forwarded-client-cert", 'By=spiffe://trust.berta/ns/shop/sa/orders;Subject="CN=carla";DNS=dora'],
    ["x-envoy-decorator-operation", "orders.shop.svc.emil:80/friedrich"],
    ["x-custom", "gustav"],
    ["x-service-name", "hans wurst"],
  ] as const;
  const { facts } = digest(anExchange({ ...inside, request: { headers }, response: { headers } }));
  const text = JSON.stringify(facts);
  expect(text).toContain("front");
  expect(text).toContain("orders");
  expect(text).not.toMatch(/anna|berta|carla|dora|emil|friedrich|gustav|hans|wurst/);
});

test("the canary sings: a word kept on purpose is found", () => {
  expect(JSON.stringify(digest(anExchange({ request: { path: "/users" } })))).toContain("users");
});
