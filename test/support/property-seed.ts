// Property tests try the same cases each time, so that a run can be repeated; UMBRA_PROPERTY_SEED=random explores.
import * as fc from "fast-check";

const asked = process.env["UMBRA_PROPERTY_SEED"] ?? "20261122";
if (asked !== "random") fc.configureGlobal({ seed: Number(asked) });
