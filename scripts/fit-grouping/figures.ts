// How well scores tell values from words, on examples that were not learned from.

export interface Figures {
  readonly auc: number;
  readonly accuracy: number;
  /** Share of literals called values, and of values called literals. */
  readonly literalError: number;
  readonly valueError: number;
  readonly logLoss: number;
}
/** Weighted figures of scores on examples. */
export function figuresOf(
  scores: readonly number[],
  labels: readonly boolean[],
  weights: readonly number[],
): Figures {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let [below, area, values, literals, wrongValues, wrongLiterals, loss] = [0, 0, 0, 0, 0, 0, 0];
  for (const index of order) {
    const [score, weight] = [scores[index] as number, weights[index] as number];
    if (labels[index] === true) {
      values += weight;
      area += weight * below;
      if (score <= 0) wrongValues += weight;
      loss += weight * Math.log1p(Math.exp(-score));
    } else {
      literals += weight;
      below += weight;
      if (score > 0) wrongLiterals += weight;
      loss += weight * Math.log1p(Math.exp(score));
    }
  }
  return {
    auc: area / (values * literals),
    accuracy: 1 - (wrongValues + wrongLiterals) / (values + literals),
    literalError: wrongLiterals / literals,
    valueError: wrongValues / values,
    logLoss: loss / (values + literals),
  };
}
