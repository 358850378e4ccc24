import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellWord } from '../../src/errors/shell-word.ts'

test('what a shell makes of a word is the text', () => {
  const texts = ['User,public.Order', 'we ird.S', `it's "q" $HOME \`id\` \\ 😀`, '*', '', ';']
  const told = execFileSync('sh', ['-c', `printf '%s\\n' ${texts.map(shellWord).join(' ')}`], { encoding: 'utf8' })
  expect(told).toBe(texts.map((text) => `${text}\n`).join(''))
  expect(shellWord('User,public.Order')).toBe('User,public.Order')
})
