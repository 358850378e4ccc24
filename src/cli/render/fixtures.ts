import { relative } from 'node:path'
import type { BuiltFixture } from '../../mask/fixtures/build-fixture.ts'
import type { OpenedFixture } from '../../mask/fixtures/check-fixture.ts'
import type { FixtureManifest } from '../../mask/fixtures/files/fixture-manifest.ts'
import type { FixtureEntry } from '../../mask/fixtures/list-fixtures.ts'
import type { LoadedFixture } from '../../mask/fixtures/load-fixture.ts'
import type { UpgradedFixture } from '../../mask/fixtures/upgrade-fixture.ts'
import type { GateReport } from '../../mask/gate/report.ts'
import type { Colors } from '../colors.ts'

/** What `--json` prints of a fixture that was built. */
export function documentOfBuilt({ directory, manifest, gate, ms }: BuiltFixture): object {
  return {
    directory,
    environment: manifest.environment,
    passed: gate.passed,
    rows: manifest.rows,
    tables: tablesOf(manifest),
    manifest,
    gate,
    ms,
  }
}

/** `tide fixtures build`. @param isKept false where the rows go on into a database */
export function renderBuilt(
  { directory, manifest, gate, ms }: BuiltFixture,
  colors: Colors,
  isKept = true,
): readonly string[] {
  const { environment, rows } = manifest
  const where = isKept ? ` in ${directory}` : ''
  return [
    `Built a fixture for ${environment}${where}: ${count(rows, 'row')} of ${count(tablesOf(manifest).length, 'table')}, pseudonymised, in ${duration(ms)}.`,
    ...renderGate(gate, colors),
    ...(gate.passed
      ? []
      : [colors.red(`It did not pass its gate, and will not be loaded. Read ${directory}/gate.html.`)]),
  ]
}

/** `tide fixtures load`. */
export function renderLoaded(
  { environment, state, tables, rows, notes, ms }: LoadedFixture,
  colors: Colors,
): readonly string[] {
  if (state === 'unchanged')
    return [
      `Nothing to change in ${environment}: the fixture was loaded before, and its ${count(rows, 'row')} are there.`,
    ]
  const filled = tables.filter((table) => table.rows > 0)
  const width = Math.max(0, ...filled.map(nameOf).map(({ length }) => length))
  return [
    state === 'would-load'
      ? `The fixture would put ${count(rows, 'row')} into ${environment}.`
      : `Loaded ${count(rows, 'row')} into ${environment} in ${duration(ms)}.`,
    ...filled.map((table) => `  ${nameOf(table).padEnd(width)}  ${colors.dim(table.rows.toLocaleString('en'))}`),
    ...notes.map((note) => colors.yellow(`  ${note}`)),
  ]
}

/** `tide fixtures list`. */
export function renderFixtureList(
  fixtures: readonly FixtureEntry[],
  directory: string,
  colors: Colors,
): readonly string[] {
  if (fixtures.length === 0)
    return ['There are no fixtures here. Build one with: tide fixtures build --env ENV --from URL --to fixtures/ENV']
  return fixtures.map(({ directory: path, environment = '', rows = 0, migration, passed, reason }) => {
    if (reason !== undefined) return `${relative(directory, path) || path}  ${colors.red('damaged')}: ${reason}`
    const verdict = passed ? colors.green('passed its gate') : colors.red('did not pass its gate')
    return `${relative(directory, path) || path}  ${environment}, ${count(rows, 'row')}, ${verdict}${migration === undefined ? '' : colors.dim(`  ${migration}`)}`
  })
}

/** `tide fixtures inspect`. */
export function renderFixture({ directory, manifest, gate }: OpenedFixture, colors: Colors): readonly string[] {
  const { environment, rows, migration, subset, upgraded, tide } = manifest
  const tables = tablesOf(manifest).filter((table) => table.rows > 0)
  const width = Math.max(0, ...tables.map(nameOf).map(({ length }) => length))
  return [
    `${directory}: for ${environment}, ${count(rows, 'row')}, pseudonymised ${colors.dim(`(Tide ${tide})`)}`,
    ...(migration === undefined ? [] : [`  migration  ${migration}`]),
    ...(upgraded === undefined
      ? []
      : [`  carried on from ${upgraded.from} by ${count(upgraded.migrations.length, 'migration')}`]),
    `  rows taken  ${describeSubset(subset)}`,
    ...tables.map((table) => `  ${nameOf(table).padEnd(width)}  ${colors.dim(table.rows.toLocaleString('en'))}`),
    ...renderGate(gate, colors),
  ]
}

/** `tide fixtures upgrade`. */
export function renderUpgraded({ directory, to, migrations, rows, ms }: UpgradedFixture): readonly string[] {
  if (migrations.length === 0) return [`Nothing to change: ${directory} is at the end of the history.`]
  return [
    `Carried ${count(rows, 'row')} on by ${count(migrations.length, 'migration')}, to ${to}, in ${duration(ms)}: ${directory}`,
  ]
}

function renderGate({ tests, groups }: GateReport, colors: Colors): readonly string[] {
  return [
    ...tests.flatMap(({ passed, told, found }) => [
      `  ${passed ? colors.green('✓') : colors.red('✗')} ${told}`,
      ...found.slice(0, 5).map((column) => `      ${column}`),
      ...(found.length > 5 ? [`      and ${found.length - 5} more`] : []),
    ]),
    ...groups.map(({ table, smallest, belowFive, columns }) =>
      colors.dim(
        `  ${table}: k = ${smallest ?? '–'} over ${columns.join(', ')}; ${(belowFive * 100).toFixed(1)} % of rows in groups of fewer than 5`,
      ),
    ),
  ]
}

function describeSubset({ percent, rows, filters, children }: FixtureManifest['subset']): string {
  const parts = [
    ...(percent === undefined ? [] : [`${percent} % of each start`]),
    ...(rows === undefined ? [] : [`${count(rows, 'row')} of each start`]),
    ...(filters === undefined ? [] : [`a condition on ${filters.join(', ')}`]),
  ]
  return parts.length === 0
    ? 'all'
    : `${parts.join(', ')}; at most ${count(children ?? 0, 'child', 'children')} of a parent`
}

function tablesOf({
  transactions,
}: FixtureManifest): readonly { readonly table: string; readonly model?: string; readonly rows: number }[] {
  return transactions.flatMap(({ tables }) =>
    tables.map(({ schema, name, model, rows }) => ({
      table: `${schema}.${name}`,
      ...(model === undefined ? {} : { model }),
      rows,
    })),
  )
}

function nameOf({ table, model }: { readonly table: string; readonly model?: string }): string {
  return model ?? table
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

function duration(ms: number): string {
  return ms < 10_000 ? `${String(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
