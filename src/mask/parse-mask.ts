/** A mask as it is written: its name, and what stands in brackets behind it. */
export interface WrittenMask {
  readonly name: string
  readonly argument: string | undefined
}

/** `bucket(10)` is `bucket` with the argument `10`; undefined for what is neither a name nor a name with brackets. */
export function parseMask(text: string): WrittenMask | undefined {
  const [, name, argument] = /^([A-Za-z][\w-]*)(?:\((.*)\))?$/su.exec(text.trim()) ?? []
  return name === undefined ? undefined : { name, argument }
}
