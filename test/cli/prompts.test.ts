import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defineCommand } from '../../src/cli/command.ts'
import { builtProgram } from '../support/built-program.ts'
import { runCommands } from '../support/cli-machine.ts'
import { keys, noTerminal, openTerminal } from '../support/terminal.ts'

const root = join(import.meta.dirname, '../..')
const program = [builtProgram('asking-program'), 'ask']

describe.skipIf(noTerminal !== undefined)('at a terminal, questions', () => {
  test('are answered with keys; a wrong answer is asked again', async () => {
    const terminal = await openTerminal(program, { cwd: root })
    await terminal.waitFor('a new field')
    expect(terminal.screen()).toContain('reading')
    terminal.press(keys.down)
    await terminal.waitFor('a new field')
    terminal.press(keys.enter)
    await terminal.waitFor('What do existing rows get?')
    terminal.press(keys.enter)
    await terminal.waitFor('Give an expression.')
    terminal.press(`first || last${keys.enter}`)
    await terminal.waitFor('Write it?')
    terminal.press('y')
    await terminal.waitFor('new / first || last / true')
    expect(await terminal.exitCode).toBe(0)
  })

  test.each([
    ['Escape', keys.escape],
    ['Ctrl-C', keys.ctrlC],
  ])('are declined with %s: exit code 3', async (_, pressed) => {
    const terminal = await openTerminal(program, { cwd: root })
    await terminal.waitFor('a new field')
    terminal.press(pressed)
    await terminal.waitFor('CLI_DECLINED')
    expect(await terminal.exitCode).toBe(3)
  })

  test('are refused in CI, naming the flag', async () => {
    const terminal = await openTerminal(program, { cwd: root, env: { CI: 'true' } })
    await terminal.waitFor('--rename User.name:fullName')
    expect(await terminal.exitCode).toBe(2)
  })
})

describe('without a terminal', () => {
  const confirming = defineCommand({
    name: 'ask',
    summary: 's',
    description: 'd',
    accepts: ['yes'],
    examples: [],
    run: async ({ prompts }) => {
      const sure = await prompts.confirm({ message: 'Delete the rehearsals?', flag: '--yes' })
      return { document: { sure }, text: String(sure) }
    },
  })
  const choosing = defineCommand({
    ...confirming,
    run: async ({ prompts }) => {
      const kind = await prompts.select({
        message: 'Is it a rename?',
        flag: '--rename A.b:c',
        choices: [{ value: 'yes', label: 'yes' }],
      })
      return { document: { kind }, text: kind }
    },
  })

  test('a question is refused, naming the flag that answers it', async () => {
    const run = await runCommands(['ask', '--json'], [confirming])
    expect(run.exitCode).toBe(2)
    expect(JSON.parse(run.stdout)).toMatchObject({
      error: { code: 'CLI_QUESTION_UNANSWERED', fix: 'Answer it on the command line with --yes.', flag: '--yes' },
    })
  })

  test('--yes confirms', async () => {
    expect(await runCommands(['ask', '--yes'], [confirming])).toMatchObject({ exitCode: 0, stdout: 'true\n' })
  })

  test('--yes answers no question about data', async () => {
    const run = await runCommands(['ask', '--yes'], [choosing])
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('--rename A.b:c')
  })

  test('--json asks nothing, not even at a terminal', async () => {
    expect(await runCommands(['ask', '--json'], [confirming], { terminal: true })).toMatchObject({ exitCode: 2 })
  })
})
