// What every weight's sign must be where there is a reason for it; a fit that finds otherwise found an accident.
import type { Signs } from "./logistic.ts";

export const SIGNS: Signs = {};
