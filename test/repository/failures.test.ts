import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { sourceFiles } from '../../scripts/checks/source-files.ts'
import { colorsFor } from '../../src/cli/colors.ts'
import { failureDocument, renderFailure } from '../../src/cli/render/failure.ts'
import { type Failure, type FailureFactory, isFailure } from '../../src/errors/failure.ts'

const root = join(import.meta.dirname, '../..')

/** Every failure that Tide can report, made from arguments that are everything at once. */
const failures = await everyFailure()

test('there are failures to look at', () => {
  expect(failures.length).toBeGreaterThan(20)
})

test.each(failures)('$code says what could not be done, names the way out, and can be rendered', ({ make }) => {
  const failure = make()
  // Where a message is one of the arguments it is no text here.
  const { message, fix }: { message: unknown; fix?: string } = failure.details
  expect(String(message)).toMatch(/[.:?!`]$/)
  expect(fix ?? '').not.toBe('')
  expect(renderFailure(failure, colorsFor({}, {}, true))).toContain(failure.code)
  expect(() => JSON.stringify(failureDocument(failure))).not.toThrow()
})

async function everyFailure(): Promise<readonly { code: string; make: () => Failure }[]> {
  const files = (await sourceFiles(root, 'src', ['errors.ts'])).filter(({ text }) => text.includes('defineFailure('))
  const modules = await Promise.all(
    files.map(({ path }) => import(pathToFileURL(join(root, path)).href) as Promise<Readonly<Record<string, unknown>>>),
  )
  return modules
    .flatMap((one) => Object.values(one))
    .filter(isFactory)
    .map((factory) => ({ code: factory.code, make: () => called(factory) }))
}

function isFactory(value: unknown): value is FailureFactory<readonly unknown[]> {
  return typeof value === 'function' && 'code' in value
}

function called(factory: FailureFactory<readonly unknown[]>): Failure {
  const failure = factory(...Array.from({ length: 8 }, () => anything()))
  return isFailure(failure) ? failure : expect.fail('That is no failure.')
}

const textMethods: ReadonlySet<string | symbol> = new Set(['toString', 'toLocaleString'])

/** A text, a list of itself, and an object whose every property is the same again. */
function anything(): unknown {
  const text = 'Anything.'
  return new Proxy(() => undefined, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive || key === 'toJSON' || textMethods.has(key)) return () => text
      if (key in Array.prototype) return bound([anything()], key)
      if (key in String.prototype) return bound(new String(text), key)
      return anything()
    },
    apply: () => text,
  })
}

function bound(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key)
  return typeof value === 'function' ? (value.bind(target) as unknown) : value
}
