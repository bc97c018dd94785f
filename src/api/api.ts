// The REST API as an Express application: guards, the route units, their document, probes for whoever runs it.
import express from "express";
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response, Router } from "express";
import helmet from "helmet";
import type { Approvals } from "../inventory/ai-approvals.ts";
import { NO_APPROVALS } from "../inventory/ai-approvals.ts";
import type { PlaceFinder } from "../inventory/places.ts";
import type { InventoryStore } from "../store/store.ts";
import type { Log } from "../ops/log.ts";
import type { Metrics } from "../ops/metrics.ts";
import { loadUnits } from "../ops/units.ts";
import { documentOf } from "./document.ts";
import type { GroupingDesk } from "./grouping-desk.ts";
import type { ApiToken } from "./guard.ts";
import { localGuard, tokenGuard } from "./guard.ts";
import { mountRoutes, routeLabel } from "./mount.ts";
import { Refusal, refusalFrom, sendProblem } from "./problem.ts";
import type { Route } from "./route.ts";
import type { GovernanceDesk } from "./governance-desk.ts";
import type { SpecDesk } from "./spec-desk.ts";

export interface ApiOptions {
  readonly store: InventoryStore;
  readonly specs: SpecDesk;
  readonly governance: GovernanceDesk;
  readonly grouping: GroupingDesk;
  readonly metrics: Metrics;
  /** The tokens that are valid now; null: nobody needs one, and this machine only may ask. */
  readonly tokens: (() => readonly ApiToken[]) | null;
  readonly log: Log;
  /** Where people reach it, for links in reports; the default of the listener if not given. */
  readonly publicUrl?: () => string;
  /** Which workload or network an address belongs to; none if not given. */
  readonly places?: PlaceFinder;
  /** Which vendors of models are allowed; nobody said anything if not given. */
  readonly approvals?: () => Promise<Approvals>;
}

const API_ROOT = "/api/v1";
// Where `umbra start` and `umbra api` listen unless told otherwise.
const DEFAULT_URL = "http://127.0.0.1:8080";

/** All route units, in order of id. */
export async function loadRoutes(): Promise<readonly Route[]> {
  return [...(await loadUnits<Route>(new URL("routes/", import.meta.url))).values()];
}

/** Throws when the tokens are malformed; ready to listen otherwise. */
export async function createApi(options: ApiOptions): Promise<Express> {
  const { store, metrics, tokens } = options;
  const secured = tokens !== null;
  const guard = secured ? tokenGuard(tokens) : localGuard;
  const app = express();
  app.disable("etag");
  app.use(headers());
  mountProbes(app, store);
  app.get("/metrics", secured ? [] : [localGuard], exposition(metrics));
  app.use(API_ROOT, noStore, counted(metrics), guard, apiRouter(await loadRoutes(), options, secured));
  app.use(() => {
    throw new Refusal("route-unknown");
  });
  app.use(problems(options.log));
  return app;
}

/** Helmet's defaults, without what only whoever ends TLS can promise. */
function headers() {
  return helmet({
    strictTransportSecurity: false,
    xFrameOptions: { action: "deny" },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
}

function apiRouter(routes: readonly Route[], options: ApiOptions, secured: boolean): Router {
  const { store, specs, governance, grouping, publicUrl = () => DEFAULT_URL, places = () => null } = options;
  const { approvals = async () => NO_APPROVALS } = options;
  const router = express.Router({ caseSensitive: true });
  const document = documentOf(routes, secured);
  mountRoutes(router, routes, {
    store,
    specs,
    governance,
    grouping,
    publicUrl,
    places,
    approvals,
    document: () => document,
  });
  return router;
}

function exposition({ contentType, text }: Metrics): RequestHandler {
  return async (_request, response) => {
    const shown = await text();
    response.set("Content-Type", contentType).end(shown);
  };
}

/** Route units label themselves when they are reached; what no unit took counts as "none". */
function counted({ httpRequests, httpSeconds }: Metrics): RequestHandler {
  return (_request, response, next) => {
    const stop = httpSeconds.startTimer();
    response.once("finish", () => {
      const route = routeLabel(response);
      stop({ route });
      httpRequests.inc({ route, status: response.statusCode });
    });
    next();
  };
}

function noStore(_request: Request, response: Response, next: () => void): void {
  response.set("Cache-Control", "no-store");
  next();
}

/** Alive: the process answers. Ready: the store does too. */
function mountProbes(app: Express, store: InventoryStore): void {
  app.get("/healthz", (_request, response) => {
    response.type("text/plain").send("ok\n");
  });
  app.get("/readyz", async (_request, response) => {
    const ready = await store.ping().then(
      () => true,
      () => false,
    );
    if (!ready) throw new Refusal("store-away");
    response.type("text/plain").send("ok\n");
  });
}

function problems(log: Log): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const refusal = refusalFrom(error);
    if (refusal === null) log.error({ error, route: routeLabel(response) }, "a request ended in a bug");
    if (response.headersSent) next(error);
    else sendProblem(response, refusal ?? new Refusal("bug"));
  };
}
