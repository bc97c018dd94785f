// From a stream to an exchange: what is known is said, what is not is named.
import { expect, test } from "vitest";
import { exchangeOf } from "../../../../collectors/wire/http2/exchange.ts";
import { BodyBudget } from "../../../../collectors/wire/http2/kept-body.ts";
import { sortFields } from "../../../../collectors/wire/http2/message.ts";
import { openStream, touch } from "../../../../collectors/wire/http2/stream.ts";
import { ENDS, lines } from "./tap.ts";

const AROUND = {
  client: ENDS.client,
  server: ENDS.server,
  authority: null,
  midstream: false,
  oneWay: false,
  upgraded: null,
};
type Fields = readonly (readonly [string | null, string | null])[];
const section = (fields: Fields) => sortFields(fields.map(([name, value]) => ({ name, value })));

function told(
  request: Fields,
  response: Fields | null,
  around: Partial<Parameters<typeof exchangeOf>[1]> = {},
) {
  const stream = openStream(1, new BodyBudget());
  touch(stream.request, 10, 11);
  stream.request.ended = true;
  stream.request.head = section(request);
  if (response !== null) {
    touch(stream.response, 20, 21);
    stream.response.ended = true;
    stream.response.head = section(response);
  }
  const exchange = exchangeOf(stream, { ...AROUND, ...around });
  return exchange === null ? null : lines([exchange])[0];
}

const GET: Fields = [
  [":method", "GET"],
  [":scheme", "https"],
  [":path", "/a?b#c"],
  [":authority", "user@Shop.Test:443"],
];

type Case = [string, Fields, Fields | null, Partial<Parameters<typeof exchangeOf>[1]>, string | null];

test.each<Case>([
  ["all known", GET, [[":status", "204"]], {}, "h2 GET shop.test /a?b 204"],
  ["no answer", GET, null, {}, "h2 GET shop.test /a?b capture-end"],
  ["one direction only", GET, null, { oneWay: true }, "h2 GET shop.test /a?b one-way one-way"],
  [
    "a status that is not known",
    GET,
    [[":status", null]],
    { midstream: true },
    "h2 GET shop.test /a?b ambiguous midstream",
  ],
  [
    "a path that is not known",
    [
      [":method", "GET"],
      [":path", null],
    ],
    [[":status", "200"]],
    {},
    "h2 - 10.0.0.2:8080  200 orphan-response",
  ],
  [
    "a method that is none",
    [
      [":method", "GE T"],
      [":path", "/a"],
    ],
    [[":status", "200"]],
    {},
    "h2 - 10.0.0.2:8080  200 orphan-response",
  ],
  ["nothing known", [[":path", null]], null, {}, null],
  [
    "an authority lent by the connection",
    [
      [":method", "GET"],
      [":path", "/a"],
    ],
    null,
    { authority: "shop.test" },
    "h2 GET shop.test /a capture-end",
  ],
  [
    "gRPC",
    [...GET, ["content-type", "application/grpc-web"]],
    [[":status", "200"]],
    {},
    "h2 GET shop.test /a?b 200",
  ],
  [
    "gRPC by the answer",
    GET,
    [
      [":status", "200"],
      ["content-type", "application/grpc;x"],
    ],
    {},
    "grpc GET shop.test /a?b 200",
  ],
])("%s", (...[, request, response, around, line]) => {
  expect(told(request, response, around)).toBe(line);
});
