// The few tests that drift is judged by; absence of traffic is weak evidence, so each asks how likely chance is.

/** Upper end of Wilson's interval for a share (one-sided, z = 3.1: wrong once in a thousand). */
export function wilsonUpper(part: number, all: number, z = 3.1): number {
  if (all === 0) return 1;
  const share = part / all;
  const square = (z * z) / all;
  const middle = share + square / 2;
  const width = z * Math.sqrt((share * (1 - share)) / all + square / (4 * all));
  return Math.min(1, (middle + width) / (1 + square));
}

/** How likely it is that what had share `share` before is missing `times` times by chance. */
export function absenceChance(share: number, times: number): number {
  return (1 - share) ** times;
}

/**
 * G statistic of two rows of counts (Wilks): twice the sum of observed times ln(observed / expected). Compare with
 * chi-squared of (columns - 1) degrees of freedom.
 */
export function gStatistic(a: readonly number[], b: readonly number[]): number {
  const [rowA, rowB] = [sum(a), sum(b)];
  const all = rowA + rowB;
  if (rowA === 0 || rowB === 0) return 0;
  let g = 0;
  for (const [column, count] of a.entries()) {
    const other = b[column] ?? 0;
    g += term(count, ((count + other) * rowA) / all) + term(other, ((count + other) * rowB) / all);
  }
  return 2 * g;
}

function term(observed: number, expected: number): number {
  return observed === 0 ? 0 : observed * Math.log(observed / expected);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, one) => all + one, 0);
}
