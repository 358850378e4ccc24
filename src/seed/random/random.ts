/** Chance that an address decides: the same numbers for the same address, in the same order. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  fraction(): number
  /** Uniform in [0, limit); limit at most 2^53. */
  below(limit: number): number
  /** Uniform in [0, limit). */
  belowBig(limit: bigint): bigint
  /** One of the values; throws a Bug for none. */
  pick<Value>(values: readonly Value[]): Value
}
