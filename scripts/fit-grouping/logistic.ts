// Logistic regression with L2 and signs, small enough to read: iteratively reweighted least squares.

export interface Examples {
  readonly names: readonly string[];
  /** Row by row, `names.length` numbers each. */
  readonly rows: readonly Float64Array[];
  readonly labels: readonly boolean[];
  readonly weights: readonly number[];
}

export interface Model {
  readonly names: readonly string[];
  /** For features as they come; the one named "bias" takes up the means. */
  readonly weights: Float64Array;
}

/** What a feature's weight must be: at least zero, at most zero. */
export type Signs = Readonly<Record<string, 1 | -1>>;

const MOST_STEPS = 12;

/*
  Newton's method on standardised features: w += (Z'SZ + penalty I)^-1 (Z'(y-p) - penalty w), S = p(1-p) per example.
  A weight whose sign is wrong is taken out, and the rest fitted again, until all signs are right.
*/
export function fitLogistic(
  examples: Examples,
  { penalty, signs }: { penalty: number; signs: Signs },
): Model {
  const { names } = examples;
  const scale = scaleOf(examples);
  const active = names.map((name, at) => name === "bias" || (scale.deviation[at] ?? 0) > 1e-9);
  for (;;) {
    const fitted = newton(examples, scale, { penalty, active });
    const wrong = names.findIndex((name, at) => {
      const sign = signs[name];
      return sign !== undefined && active[at] === true && (fitted[at] ?? 0) * sign < -1e-9;
    });
    if (wrong < 0) return { names, weights: unscaled(names, fitted, scale) };
    names.forEach((name, at) => {
      const sign = signs[name];
      if (sign !== undefined && (fitted[at] ?? 0) * sign < -1e-9) active[at] = false;
    });
  }
}

interface Scale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

function scaleOf({ names, rows, weights }: Examples): Scale {
  const size = names.length;
  const [sum, squares] = [new Float64Array(size), new Float64Array(size)];
  let total = 0;
  rows.forEach((row, index) => {
    const weight = weights[index] ?? 0;
    total += weight;
    for (let at = 0; at < size; at += 1) {
      const value = row[at] ?? 0;
      sum[at] = (sum[at] ?? 0) + weight * value;
      squares[at] = (squares[at] ?? 0) + weight * value * value;
    }
  });
  const mean = sum.map((value) => value / total);
  const deviation = squares.map((value, at) => Math.sqrt(Math.max(0, value / total - (mean[at] ?? 0) ** 2)));
  const bias = names.indexOf("bias");
  mean[bias] = 0;
  deviation[bias] = 1;
  return { mean, deviation };
}

function newton(
  examples: Examples,
  { mean, deviation }: Scale,
  options: { penalty: number; active: readonly boolean[] },
): Float64Array {
  const { names, rows, labels, weights } = examples;
  const used = names.map((_, at) => at).filter((at) => options.active[at] === true);
  const size = used.length;
  const found = new Float64Array(size);
  const z = new Float64Array(size);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    rows.forEach((row, index) => {
      let score = 0;
      for (let at = 0; at < size; at += 1) {
        const from = used[at] as number;
        z[at] = ((row[from] as number) - (mean[from] as number)) / (deviation[from] as number);
        score += (z[at] as number) * (found[at] as number);
      }
      const chance = 1 / (1 + Math.exp(-score));
      const weight = weights[index] as number;
      const error = weight * ((labels[index] === true ? 1 : 0) - chance);
      const curve = weight * chance * (1 - chance) + 1e-9;
      for (let at = 0; at < size; at += 1) {
        const value = z[at] as number;
        gradient[at] = (gradient[at] as number) + error * value;
        const line = hessian[at] as Float64Array;
        for (let other = 0; other <= at; other += 1)
          line[other] = (line[other] as number) + curve * value * (z[other] as number);
      }
    });
    for (let at = 0; at < size; at += 1) {
      if (names[used[at] as number] !== "bias") {
        gradient[at] = (gradient[at] as number) - options.penalty * (found[at] as number);
        (hessian[at] as Float64Array)[at] = ((hessian[at] as Float64Array)[at] as number) + options.penalty;
      }
    }
    const change = solve(hessian, gradient);
    let largest = 0;
    for (let at = 0; at < size; at += 1) {
      found[at] = (found[at] as number) + (change[at] as number);
      largest = Math.max(largest, Math.abs(change[at] as number));
    }
    if (largest < 1e-3) break;
  }
  const whole = new Float64Array(names.length);
  used.forEach((at, index) => (whole[at] = found[index] as number));
  return whole;
}

/** Cholesky: the lower triangle of a positive matrix, forwards, backwards. */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const at = (row: number, column: number) => (lower[row] as Float64Array)[column] as number;
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let sum = at(row, column);
      for (let k = 0; k < column; k += 1) sum -= at(row, k) * at(column, k);
      (lower[row] as Float64Array)[column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(column, column);
    }
  const half = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    let sum = right[row] as number;
    for (let k = 0; k < row; k += 1) sum -= at(row, k) * (half[k] as number);
    half[row] = sum / at(row, row);
  }
  const whole = new Float64Array(size);
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = half[row] as number;
    for (let k = row + 1; k < size; k += 1) sum -= at(k, row) * (whole[k] as number);
    whole[row] = sum / at(row, row);
  }
  return whole;
}

function unscaled(names: readonly string[], fitted: Float64Array, { mean, deviation }: Scale): Float64Array {
  const plain = fitted.map((weight, at) =>
    (deviation[at] as number) > 1e-9 ? weight / (deviation[at] as number) : 0,
  );
  const bias = names.indexOf("bias");
  names.forEach((_, at) => {
    if (at !== bias) plain[bias] = (plain[bias] as number) - (plain[at] as number) * (mean[at] as number);
  });
  return plain;
}

export function scoreOf(model: Model, row: Float64Array): number {
  let score = 0;
  for (let at = 0; at < row.length; at += 1) score += (row[at] as number) * (model.weights[at] as number);
  return score;
}

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
