import { expect, test } from 'vitest'
import { jsonTexts } from '../../../src/mask/gate/json-texts.ts'

test.each([
  ['{"a": "x", "b": {"c" : ["y", 1, null, "z"]}}', ['x', 'y', 'z']],
  ['{"a\\"b": "x\\ny"}', ['x\ny']],
  ['"alone"', ['alone']],
  ['{}', []],
  ['not "closed', ['not "closed']],
  ['plain', []],
])('%s', (json, texts) => {
  expect(jsonTexts(json)).toEqual(texts)
})
