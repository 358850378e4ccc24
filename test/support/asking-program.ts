import { defineCommand } from '../../src/cli/command.ts'
import { runTide } from '../../src/cli/run-tide.ts'

/** A program with one command that asks every kind of question, for the tests of prompts at a real terminal. */
const command = defineCommand({
  name: 'ask',
  summary: 's',
  description: 'd',
  accepts: ['yes'],
  examples: [],
  run: async ({ prompts, report }) => {
    report({ stage: 'reading', done: 1, total: 2, detail: 'schema.prisma' })
    const kind = await prompts.select({
      message: 'Is User.name the old User.fullName?',
      flag: '--rename User.name:fullName',
      choices: [
        { value: 'rename', label: 'a rename', hint: 'rows stay' },
        { value: 'new', label: 'a new field' },
      ],
    })
    const fill = await prompts.text({
      message: 'What do existing rows get?',
      flag: "--fill 'User.fullName=…'",
      validate: (answer) => (answer === '' ? 'Give an expression.' : undefined),
    })
    const sure = await prompts.confirm({ message: 'Write it?', flag: '--yes' })
    return { document: { kind, fill, sure }, text: `${kind} / ${fill} / ${String(sure)}` }
  },
})

process.exitCode = await runTide(
  {
    arguments: process.argv.slice(2),
    directory: process.cwd(),
    variables: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    nodeVersion: process.versions.node,
    now: () => new Date(),
    onInterrupt: () => undefined,
    onStray: () => undefined,
    quit: (exitCode) => process.exit(exitCode),
  },
  [{ name: 'ask', summary: 's', group: 'Start', load: () => Promise.resolve({ command }) }],
  '0.0.0',
)
process.stdin.unref()
