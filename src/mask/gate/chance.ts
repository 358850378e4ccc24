/** Hits among draws. */
export interface Rate {
  readonly hits: number
  readonly draws: number
}

/** Between which shares the true one lies, by Wilson's interval. @param z 1.96 for 95 %, 2.576 for 99 % */
export function wilson({ hits, draws }: Rate, z = 1.96): { readonly low: number; readonly high: number } {
  if (draws === 0) return { low: 0, high: 1 }
  const share = hits / draws
  const spread = z * Math.sqrt((share * (1 - share)) / draws + (z * z) / (4 * draws * draws))
  const middle = share + (z * z) / (2 * draws)
  const scale = 1 + (z * z) / draws
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) }
}

/** How likely so many hits or more are, where each draw hits with this probability: one side of the binomial test. */
export function binomialTail({ hits, draws }: Rate, probability: number): number {
  if (hits <= 0 || probability >= 1) return 1
  if (probability <= 0) return 0
  const [log, logNot] = [Math.log(probability), Math.log1p(-probability)]
  const logOf = (k: number): number => logChoose(draws, k) + k * log + (draws - k) * logNot
  // Below the mean the tail is not small: what is left of 1 is exact enough.
  if (hits <= draws * probability) return 1 - sum(0, hits, -1)
  return sum(hits, draws + 1, 1)

  function sum(from: number, to: number, direction: 1 | -1): number {
    let total = 0
    const start = direction === 1 ? from : to - 1
    for (let k = start; k >= from && k < to; k += direction) {
      const term = Math.exp(logOf(k))
      total += term
      if (term < total * 1e-12 || (term === 0 && k !== start)) break
    }
    return Math.min(1, total)
  }
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}

/** Lanczos' approximation. */
function logGamma(x: number): number {
  const [first = 0, ...rest] = lanczos
  const y = x - 1
  const series = rest.reduce((total, factor, place) => total + factor / (y + place + 1), first)
  const t = y + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(series)
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
