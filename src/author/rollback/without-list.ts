/** The type of one element, as the catalog writes it: `"Role"` of `"Role"[]`; any other type is its own. */
export function withoutList(type: string): string {
  return type.replace(/(\[\])+$/, '')
}
