// Text as hostile as JavaScript can hold: any code units, lone surrogates and controls among them.
import * as fc from "fast-check";

const unit = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 127 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 65_535 }) },
);

export function anyText(maxLength = 40): fc.Arbitrary<string> {
  return fc.array(unit, { maxLength }).map((units) => String.fromCharCode(...units));
}
