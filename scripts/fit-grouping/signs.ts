// Which way a feature speaks where there is a reason for it: a fit that finds otherwise found an accident of its data.

/** What a feature may do to the log-odds of a value: raise them, lower them. */
export type Signs = Readonly<Record<string, 1 | -1>>;

export const SIGNS: Signs = {
  // Responses gave the value away, or gave others and not this one.
  returned: 1,
  returnedAll: 1,
  notReturned: -1,
  // Spelled, known and used as route words are.
  spelling: -1,
  common: -1,
  alias: -1,
  beside: -1,
  section: -1,
  "class:version": -1,
  // New values keep coming; identifiers have digits.
  many: 1,
  novelty: 1,
  digits: 1,
  "class:int": 1,
  "class:date": 1,
  "class:short-hex": 1,
  "class:mixed": 1,
  // A collection, an edition, a listing are what a route word leads to.
  idsBelow: -1,
  versionsBelow: -1,
  lists: -1,
  // Templates below are shared among values of one variable.
  sharedMuch: 1,
  sharedVeryMuch: 1,
  hardShare: 1,
};
