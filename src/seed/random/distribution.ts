/**
 * Distributions as functions of a fraction in [0, 1): a cell that draws one fraction has one value of any of them,
 * and a larger fraction never gives a smaller value.
 */

/** The value below which `fraction` of a standard normal lies (Acklam; error below 1.2e-9). */
export function normal(fraction: number): number {
  const p = Math.min(Math.max(fraction, 1e-15), 1 - 1e-15)
  if (p > 1 - tailEnd) return -tail(1 - p)
  if (p < tailEnd) return tail(p)
  const q = p - 0.5
  const r = q * q
  return (horner(centreTop, r) * q) / (horner(centreBottom, r) * r + 1)
}

/** Half of the values below `median`; 68 % between median / e^sigma and median * e^sigma. */
export function logNormal(fraction: number, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(fraction))
}

/** Waiting times: most are short; the mean is given. */
export function exponential(fraction: number, mean: number): number {
  return -mean * Math.log1p(-fraction)
}

/** An integer in [0, size): few are taken very often. `exponent` about 1; larger is steeper. */
export function zipf(fraction: number, size: number, exponent = 1): number {
  const last = size + 1
  const power = 1 - exponent
  const drawn = Math.abs(power) < 1e-9 ? last ** fraction : (1 + fraction * (last ** power - 1)) ** (1 / power)
  return Math.min(size - 1, Math.floor(drawn) - 1)
}

/** Counts with a long tail: mean m, variance m + m² / dispersion. */
export function negativeBinomial(fraction: number, mean: number, dispersion: number): number {
  const chance = mean / (mean + dispersion)
  let probability = (1 - chance) ** dispersion
  let reached = probability
  let count = 0
  while (reached <= fraction && count < mean * 100 + 1000) {
    probability *= (chance * (dispersion + count)) / (count + 1)
    reached += probability
    count++
  }
  return count
}

/** In [0, 1], shaped like a beta distribution: both parameters above 1 make a hill, `a` pulls it up. */
export function hill(fraction: number, a: number, b: number): number {
  return (1 - (1 - fraction) ** (1 / b)) ** (1 / a)
}

/** An index into weights, by their shares. */
export function weighted(fraction: number, weights: readonly number[]): number {
  let rest = fraction * weights.reduce((sum, weight) => sum + weight, 0)
  for (let index = 0; index < weights.length - 1; index++) {
    rest -= weights[index] ?? 0
    if (rest < 0) return index
  }
  return weights.length - 1
}

const tailEnd = 0.02425
const centreTop = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
]
const centreBottom = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
const tailTop = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
]
const tailBottom = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]

function tail(p: number): number {
  const q = Math.sqrt(-2 * Math.log(p))
  return horner(tailTop, q) / (horner(tailBottom, q) * q + 1)
}

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}
