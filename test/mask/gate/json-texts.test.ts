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

test('an array of documents is looked through document by document', () => {
  expect(jsonTexts('{"{\\"a\\": \\"one\\", \\"b\\": [\\"two\\"]}",NULL,"[\\"three\\"]"}')).toEqual(['one', 'two', 'three'])
})
