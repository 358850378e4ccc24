import { expect, test } from 'vitest'
import { shellWord } from '../../src/errors/shell-word.ts'

test('a word that a shell would cut stands in quotes', () => {
  expect(['User.email', 'public.my table.b', "it's"].map(shellWord)).toEqual(['User.email', "'public.my table.b'", "'it'\\''s'"])
})
