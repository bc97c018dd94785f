// The key names under which JSON access logs say what they say, as one table, because everybody configures their own.
import type { Unit } from "./times.ts";

/*
  Keys are compared in lower case without punctuation: "request_method", "RequestMethod" and "request-method" are one
  key, and nested objects join their names: {"url": {"path": …}} is "urlpath". Members of the objects in CONTAINERS
  also count under their own name. The first key of a row that has a value wins.
*/
export const ACCESS_KEYS = {
  /** "GET /orders HTTP/1.1", where method and URI are missing. */
  requestLine: ["requestline", "request"],
  method: ["requestmethod", "method", "httpmethod", "httprequestmethod", "reqmethod", "verb"],
  /** Path with query, or a URL; what the client sent before what rewriting made of it. */
  uri: [
    "requesturi",
    "xenvoyoriginalpath",
    "originalpath",
    "requesturl",
    "requestpath",
    "uri",
    "url",
    "urloriginal",
    "urlfull",
    "urlpath",
    "path",
    "httptarget",
    "httppath",
    "target",
  ],
  query: ["args", "querystring", "requestquery", "urlquery", "query"],
  status: [
    "status",
    "statuscode",
    "responsestatus",
    "responsestatuscode",
    "responsecode",
    "downstreamstatus",
    "httpstatus",
    "httpstatuscode",
    "httpresponsestatuscode",
    "code",
  ],
  host: [
    "httphost",
    "host",
    "authority",
    "requesthost",
    "requestauthority",
    "vhost",
    "virtualhost",
    "urldomain",
    "domainname",
    "servername",
  ],
  time: [
    "starttime",
    "startutc",
    "startedat",
    "requesttimeepoch",
    "timeiso8601",
    "timestamp",
    "msec",
    "timelocal",
    "time",
    "ts",
    "datetime",
    "date",
    "requesttime",
    "eventtime",
  ],
  client: [
    "clientip",
    "clientipaddress",
    "remoteaddr",
    "remoteip",
    "clienthost",
    "clientaddr",
    "remoteaddress",
    "downstreamremoteaddress",
    "sourceip",
    "clientaddress",
    "remotehost",
    "client",
    "ip",
  ],
  clientPort: ["remoteport", "clientport", "sourceport"],
  server: ["serveraddr", "serverip", "destinationip"],
  serverPort: ["serverport", "destinationport"],
  scheme: ["scheme", "requestscheme", "urlscheme", "httpscheme", "httpxforwardedproto", "xforwardedproto"],
  protocol: ["serverprotocol", "requestprotocol", "httpversion", "protocol", "proto"],
  requestSize: ["requestcontentsize", "requestbodybytes", "httprequestbodybytes", "bytesreceived"],
  responseSize: [
    "bodybytessent",
    "bytessent",
    "responsesize",
    "responselength",
    "responsebodybytes",
    "downstreamcontentsize",
    "httpresponsebodybytes",
    "bytes",
    "size",
  ],
  /** A template of the gateway itself: API Gateway, OpenTelemetry. */
  route: ["resourcepath", "routekey", "httproute"],
  /** nginx: SUCCESS when the client showed a certificate that holds. */
  clientVerify: ["sslclientverify"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Durations, with the unit their servers write; `null` where only a unit in the value tells. */
export const DURATION_KEYS: readonly (readonly [key: string, unit: Unit | null])[] = [
  ["requesttime", "s"],
  ["durationms", "ms"],
  ["latencyms", "ms"],
  ["elapsedms", "ms"],
  ["responsetimems", "ms"],
  ["requesttimems", "ms"],
  ["responselatency", "ms"],
  ["latenciesrequest", "ms"],
  ["durationns", "ns"],
  ["eventduration", "ns"],
  ["duration", null],
  ["latency", null],
  ["elapsed", null],
  ["responsetime", null],
];

/** Headers under names of their own; `http_NAME` and `sent_http_NAME` are read besides. */
export const HEADER_KEYS: Readonly<Record<string, readonly string[]>> = {
  "user-agent": [
    "useragent",
    "httpuseragent",
    "requestuseragent",
    "agent",
    "useragentoriginal",
    "identityuseragent",
  ],
  referer: ["referer", "referrer", "httpreferer", "httpreferrer", "requestreferer", "httprequestreferrer"],
  "x-forwarded-for": ["xforwardedfor", "httpxforwardedfor", "forwardedfor"],
  "content-type": ["contenttype", "requestcontenttype", "httpcontenttype"],
};

/** Objects whose members count as if they stood beside them. */
export const CONTAINERS = new Set([
  "request",
  "req",
  "response",
  "res",
  "http",
  "httprequest",
  "nginx",
  "nginxfields",
  "access",
  "accesslog",
  "fields",
  "data",
  "jsonpayload",
  "identity",
]);
