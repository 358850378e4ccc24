const depth = 100

/** The edge cases of a JSON column; one that begins as an object or a list stays one. */
export function jsonEdges(begins: string | undefined): readonly string[] {
  const isObject = begins?.trim().startsWith("'{") === true
  const isList = begins?.trim().startsWith("'[") === true
  return [...(isList ? [] : objects), ...(isObject ? [] : lists), ...(isObject || isList ? [] : scalars)]
}

const objects: readonly string[] = [
  '{}',
  `${'{"a":'.repeat(depth)}null${'}'.repeat(depth)}`,
  '{"": "", " ": " ", "a.b": 1, "a\\"b": "\\\\"}',
  '{"null": null, "true": true, "zero": 0, "big": 9007199254740993, "small": 1e-300}',
  '{"emoji 😀": "👩‍👩‍👧‍👦", "عربي": "مرحبا"}',
  `{"long": "${'x'.repeat(1000)}"}`,
  '{"__proto__": {"polluted": true}, "constructor": 1}',
]
const lists: readonly string[] = ['[]', `${'['.repeat(depth)}${']'.repeat(depth)}`, '[null, {}, [], "", 0, false]']
const scalars: readonly string[] = ['""', '0', 'false', '"text"']
