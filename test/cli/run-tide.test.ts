import { describe, expect, test } from 'vitest'
import { defineCommand, defineCommandGroup } from '../../src/cli/command.ts'
import { defineFailure, withCause } from '../../src/errors/failure.ts'
import { createMachine, runCommands, tableOf } from '../support/cli-machine.ts'
import { runTide } from '../../src/cli/run-tide.ts'

const echo = defineCommand({
  name: 'echo',
  summary: 'answers what it was given',
  description: 'Answers its own options and arguments.',
  accepts: ['env'],
  arguments: { word: { description: 'a word', required: true }, second: { description: 'another word' } },
  options: {
    createOnly: { flag: '--create-only', kind: 'boolean', description: 'a yes or no' },
    name: { flag: '--name', kind: 'string', placeholder: 'NAME', description: 'a text' },
    size: { flag: '--size', kind: 'string', placeholder: 'SIZE', choices: ['s', 'm'], default: 'm', description: 'one of two' },
    steps: { flag: '--steps', kind: 'number', placeholder: 'N', default: 1, description: 'a number' },
    delete: { flag: '--delete', kind: 'list', placeholder: 'FIELD', description: 'many texts' },
  },
  examples: [{ line: 'tide echo hello', does: 'answers hello' }],
  run: (context, input) => {
    const { word, second, createOnly, name, size, steps } = input
    const typed: readonly [string, string | undefined, boolean, string | undefined, 's' | 'm', number, readonly string[]] = [
      word,
      second,
      createOnly,
      name,
      size,
      steps,
      input.delete,
    ]
    const { directory, environment, quiet } = context
    return Promise.resolve({ document: { typed, directory, environment, quiet }, text: [word, steps.toString()] })
  },
})

const database = defineCommandGroup({
  name: 'db',
  summary: 'the embedded server',
  description: 'Starts and stops.',
  commands: [
    defineCommand({
      name: 'start',
      summary: 'starts it',
      description: 'Starts it.',
      examples: [],
      run: () => Promise.resolve({ document: { started: true }, text: 'started' }),
    }),
  ],
})

const edited = defineFailure('TEST_EDITED', (name: string) => ({
  message: `The migration ${name} was edited.`,
  why: 'Its checksum differs.',
  fix: 'Restore it.\nThen run `tide up`.',
  where: { file: 'prisma/migrations/a/migration.sql', line: 2, column: 7, excerpt: '1 | SELECT\n2 | SELEC 1\n  |       ^' },
  meta: { migration: name },
}))

const failing = (error: Error) =>
  defineCommand({
    name: 'fail',
    summary: 'fails',
    description: 'Fails.',
    examples: [],
    run: () => Promise.reject(error),
  })

describe('reading a command line', () => {
  test('gives run its options and arguments, typed, with their defaults', async () => {
    const { exitCode, stdout } = await runCommands(['echo', 'hello', '--json'], [echo])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      typed: ['hello', null, false, null, 'm', 1, []],
      directory: '/project',
      quiet: false,
    })
  })

  test('takes the options of every command before or after its name', async () => {
    const line = ['--project', 'sub', 'echo', 'a', 'b', '--env', 'qa', '--quiet', '--json', '--create-only', '--name=x']
    const more = ['--size', 's', '--steps', '3', '--delete', 'A.b', '--delete', 'A.c']
    const { stdout } = await runCommands([...line, ...more], [echo])
    expect(JSON.parse(stdout)).toEqual({
      typed: ['a', 'b', true, 'x', 's', 3, ['A.b', 'A.c']],
      directory: '/project/sub',
      environment: 'qa',
      quiet: true,
    })
  })

  test('prints the text of the result without --json', async () => {
    expect(await runCommands(['echo', 'hello'], [echo])).toEqual({ exitCode: 0, stdout: 'hello\n1\n', stderr: '' })
  })

  test('begins ahead what the named command needs, and nothing for one that is only a word of its arguments', async () => {
    const begun: string[] = []
    const table = tableOf(database, echo).map((entry) => ({
      ...entry,
      ahead: () => Promise.resolve(begun.push(entry.name)),
    }))
    await runTide(createMachine(['--project', 'db', 'echo', 'db']).machine, table, '1.0.0')
    expect(begun).toEqual(['echo'])
  })

  test('reaches a command of a group', async () => {
    expect(await runCommands(['db', 'start'], [echo, database])).toMatchObject({ exitCode: 0, stdout: 'started\n' })
  })

  test.each([
    [['ehco', 'x'], "Unknown command 'ehco'.", 'Did you mean echo?'],
    [['echo', 'x', '--nmae', 'y'], "Unknown option '--nmae'.", 'Did you mean --name?'],
    [['--poject', 'x', 'echo'], "Unknown option '--poject'.", 'Did you mean --project?'],
    [['echo'], "Missing required argument 'WORD'.", 'tide echo --help'],
    [['echo', 'a', 'b', 'c'], "Too many arguments for 'echo'.", 'tide echo --help'],
    [['echo', 'x', '--steps', '-1'], "argument '-1' is invalid", 'tide echo --help'],
    [['echo', 'x', '--size', 'xl'], "argument 'xl' is invalid", 'tide echo --help'],
    [['echo', 'x', '--name'], 'argument missing', 'tide echo --help'],
    [['echo', 'x', '--yes'], '`tide echo` takes no --yes.', 'tide echo --help'],
    [['--env', 'qa'], '`tide` needs a command.', 'tide --help'],
    [['db'], '`tide db` needs a command.', 'tide db --help'],
    [['db', 'strat'], "Unknown command 'strat'.", 'Did you mean start?'],
  ])('refuses %j, naming the way out', async (line, message, fix) => {
    const run = await runCommands(line, [echo, database])
    expect(run.exitCode).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('CLI_USAGE')
    expect(run.stderr).toContain(message)
    expect(run.stderr).toContain(fix)
  })

  test('answers a wrong command line with a JSON document where --json is in it', async () => {
    const { exitCode, stdout, stderr } = await runCommands(['ehco', '--json'], [echo])
    expect(exitCode).toBe(2)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CLI_USAGE' } })
  })
})

describe('help', () => {
  test('lists the commands in groups', async () => {
    const { exitCode, stdout } = await runCommands([], [echo, database])
    expect(exitCode).toBe(0)
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: tide COMMAND [options]

      Edit schema.prisma; get the SQL migration, the proven way back, and data for every environment.

      Migrations:
        echo           answers what it was given
        db             the embedded server

      Options:
        --project DIR  the folder of the project, where it is not the current one
        --env NAME     the environment whose database is meant
        --json         print one JSON document on stdout and nothing else
        --yes          say yes to every confirmation; never answers a question about data
        --quiet        leave out progress and notes
        --no-color     leave out colours (as NO_COLOR does)
        --version      print the version
        --help         show this help

      Read on: prisma-tide/docs/command-line.md
      "
    `)
  })

  test('of a command shows arguments, options, examples and the page to read on', async () => {
    const { exitCode, stdout } = await runCommands(['echo', '--help'], [echo, database])
    expect(exitCode).toBe(0)
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: tide echo WORD [SECOND] [options]

      Answers its own options and arguments.

      Arguments:
        WORD            a word
        SECOND          another word

      Options:
        --create-only   a yes or no
        --name NAME     a text
        --size SIZE     one of two (one of s, m; default: m)
        --steps N       a number (default: 1)
        --delete FIELD  many texts
        --help          show this help

      Global Options:
        --project DIR   the folder of the project, where it is not the current one
        --env NAME      the environment whose database is meant
        --json          print one JSON document on stdout and nothing else
        --quiet         leave out progress and notes
        --no-color      leave out colours (as NO_COLOR does)
        --version       print the version

      Examples:
        tide echo hello  answers hello

      Read on: prisma-tide/docs/commands/echo.md
      "
    `)
  })

  test('of a group shows its commands', async () => {
    const { stdout } = await runCommands(['db', '--help'], [echo, database])
    expect(stdout).toContain('start')
    expect(stdout).toContain('starts it')
  })
})

describe('a failure', () => {
  test('is rendered with code, reason, place, way out and page, and exits with 2', async () => {
    const run = await runCommands(['fail'], [failing(edited('a'))])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toMatchInlineSnapshot(`
      "error TEST_EDITED  The migration a was edited.
        why   Its checksum differs.
        where prisma/migrations/a/migration.sql:2:7

          1 | SELECT
          2 | SELEC 1
            |       ^

        fix   Restore it.
              Then run \`tide up\`.
        docs  prisma-tide/docs/errors.md#test_edited
      "
    `)
  })

  test('is the one document of stdout with --json', async () => {
    const run = await runCommands(['fail', '--json'], [failing(edited('a'))])
    expect(run).toMatchObject({ exitCode: 2, stderr: '' })
    expect(JSON.parse(run.stdout)).toEqual({
      error: {
        code: 'TEST_EDITED',
        message: 'The migration a was edited.',
        why: 'Its checksum differs.',
        fix: 'Restore it.\nThen run `tide up`.',
        where: expect.objectContaining({ line: 2, column: 7 }) as unknown,
        migration: 'a',
      },
    })
  })

  test('shows its causes with TIDE_DEBUG=1 only', async () => {
    const error = withCause(edited('a'), new TypeError('the socket closed'))
    expect((await runCommands(['fail'], [failing(error)])).stderr).not.toContain('the socket closed')
    const debugged = await runCommands(['fail'], [failing(error)], { variables: { TIDE_DEBUG: '1' } })
    expect(debugged.stderr).toContain('caused by TypeError: the socket closed')
  })
})

test('a bug exits with 1, with its stack and a request to report it', async () => {
  const run = await runCommands(['fail'], [failing(new TypeError('x is not a function'))])
  expect(run).toMatchObject({ exitCode: 1, stdout: '' })
  expect(run.stderr).toContain('x is not a function')
  expect(run.stderr).toContain('run-tide.test.ts')
  expect(run.stderr).toContain('tide 1.2.3, Node.js 20.19.0')
})

test('a failure that nobody waits for ends the command as any other', async () => {
  const waiting = defineCommand({ name: 'wait', summary: 's', description: 'd', examples: [], run: () => new Promise(() => undefined) })
  const { machine, stdout, stray } = createMachine(['wait', '--json'])
  const running = runTide(machine, tableOf(waiting), '1.2.3')
  setImmediate(() => { stray(edited('a')) })
  expect(await running).toBe(2)
  expect(JSON.parse(String(stdout.read()))).toMatchObject({ error: { code: 'TEST_EDITED' } })
})

test('a result says its own exit code', async () => {
  const pending = defineCommand({
    name: 'status',
    summary: 's',
    description: 'd',
    examples: [],
    run: () => Promise.resolve({ document: {}, text: '', exitCode: 4 }),
  })
  expect(await runCommands(['status'], [pending])).toEqual({ exitCode: 4, stdout: '', stderr: '' })
})

describe('Ctrl-C', () => {
  const patient = defineCommand({
    name: 'wait',
    summary: 's',
    description: 'd',
    examples: [],
    run: ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error)
        })
      }),
  })

  test('aborts the signal, and the command exits with 130 once it has stopped', async () => {
    const { machine, stderr, interrupt, quits } = createMachine(['wait'])
    const running = runTide(machine, tableOf(patient), '1.2.3')
    setImmediate(interrupt)
    expect(await running).toBe(130)
    expect(String(stderr.read())).toContain('CLI_INTERRUPTED')
    expect(quits).toEqual([])
  })

  test('pressed twice quits at once', async () => {
    const stubborn = defineCommand({ ...patient, run: () => new Promise(() => undefined) })
    const { machine, interrupt, quits } = createMachine(['wait'])
    void runTide(machine, tableOf(stubborn), '1.2.3')
    await new Promise((done) => setImmediate(done))
    interrupt()
    expect(quits).toEqual([])
    interrupt()
    expect(quits).toEqual([130])
  })
})

describe('what a command writes while it runs', () => {
  const talking = defineCommand({
    name: 'talk',
    summary: 's',
    description: 'd',
    accepts: ['yes'],
    examples: [],
    run: (context) => {
      context.write('a line')
      context.note('a note')
      context.report({ stage: 'counting', done: 1, total: 2 })
      context.report({ stage: 'counting', done: 2, total: 2 })
      return Promise.resolve({ document: { ok: true }, text: context.colors.red('done') })
    },
  })

  test('goes to stdout, its notes and one line for each stage to stderr', async () => {
    const run = await runCommands(['talk'], [talking])
    expect(run).toEqual({ exitCode: 0, stdout: 'a line\ndone\n', stderr: 'a note\ncounting\n' })
  })

  test('leaves stdout to the document with --json', async () => {
    const run = await runCommands(['talk', '--json'], [talking])
    expect(JSON.parse(run.stdout)).toEqual({ ok: true })
    expect(run.stderr).toBe('a line\na note\ncounting\n')
  })

  test('is without notes and progress with --quiet', async () => {
    expect((await runCommands(['talk', '--quiet'], [talking])).stderr).toBe('')
  })

  test.each([
    [true, [], {}, true],
    [false, [], {}, false],
    [true, ['--no-color'], {}, false],
    [true, [], { NO_COLOR: '1' }, false],
    [true, [], { TERM: 'dumb' }, false],
    [false, [], { FORCE_COLOR: '1' }, true],
    [true, [], { FORCE_COLOR: '0' }, false],
    [false, [], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('on a terminal (%s) with %j and %j is coloured: %s', async (terminal, flags, variables, coloured) => {
    const { stdout } = await runCommands(['talk', ...flags], [talking], { terminal, variables })
    expect(stdout.includes('\u001b[31m')).toBe(coloured)
  })
})
