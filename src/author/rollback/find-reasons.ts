import type { Catalog, CatalogObject } from '../../postgres/catalog/catalog.ts'
import type { Identity } from '../../postgres/catalog/identities.ts'
import { ownerOfName, sayName, splitName, spokenName } from '../../postgres/catalog/names.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { retypedColumns } from './casts.ts'
import { isZoning } from './converted-columns.ts'
import { keepsWhatComesThrough } from './lossless-types.ts'
import { mostApart } from './neutral-value.ts'
import { findLostObjects, plainName } from './lost-objects.ts'
import { conversionsByOldName, filledByOldName, originalNames } from './original-names.ts'
import type { RollbackInput } from './rollback.ts'
import { rowChanges } from './row-changes.ts'
import { withoutList } from './without-list.ts'

interface Facts {
  readonly input: RollbackInput
  /** The database as the script has left it. */
  readonly ended: readonly Identity[]
  /** The same with the author's statements and the reversed renames done. */
  readonly now: Catalog
  /** Statements whose changes of rows are taken back. */
  readonly undone: ReadonlySet<Statement>
  /** Tables and columns, as people say them, whose rows and values an archive brings back. */
  readonly archived: ReadonlySet<string>
}

/** Why the way back does not bring every row and value back. Structure is compared elsewhere. */
export function findReasons({ input, ended, now, undone, archived }: Facts): readonly string[] {
  const kept = new Set([...(input.hints?.keeps ?? []), ...archived])
  const isKept = (name: string): boolean => kept.has(name) || kept.has(ownerOfName(name))
  const lost = findLostObjects(input.before.identities, ended)
  const gone = new Set([...lost.tables, ...lost.columns])
  const there = new Set(input.before.identities.map(plainName).filter((name) => !gone.has(name)))
  const names = originalNames(input.before.identities, ended)
  const functions = new Set(functionNames(input.before.catalog, now))
  return [
    ...(input.hints?.incomplete ?? []),
    ...lost.tables.filter((name) => !isKept(name)).map((name) => `rows of ${name} are not kept`),
    ...lost.columns
      .filter((name) => !isKept(name) && !isGenerated(name, input))
      .flatMap((name) => notKept(name, input)),
    ...lost.attributes
      .filter((name) => isHeld(ownerOfName(name), input.before.catalog))
      .map((name) => `values of ${name} are not kept`),
    ...retyped(input, ended, now)
      .filter((name) => !isKept(name))
      .map((name) => `values of ${name} were converted and may have lost something`),
    ...tooLong(input, ended, now),
    ...rowChanges(input.up, {
      schema: input.schema,
      wasThere: (name) => there.has(name) && !archived.has(name),
      nameBefore: (name) => names.get(name) ?? name,
      isUndone: (statement) => undone.has(statement),
      isUserFunction: (name) => functions.has(name) || name.includes('.'),
    }),
  ]
}

function notKept(name: string, { before: { catalog } }: RollbackInput): readonly string[] {
  const column = columnNamed(name, catalog)
  const sides = new Map(catalog.objects.map((one) => [`${one.kind}\0${one.name}`, one]))
  const most = column === undefined ? undefined : mostApart(column, sides)
  const lost = `values of ${name} are not kept`
  if (most === undefined) return [lost]
  return [lost, `${name} is unique and has ${String(most)} values: more rows than that stop it`]
}

/**
 * What a fill put into a column may be longer, as text, than the text that the column was. A longer value stops the
 * way back instead of being cut.
 */
function tooLong(input: RollbackInput, ended: readonly Identity[], now: Catalog): readonly string[] {
  const filled = filledByOldName(input, ended)
  return retypedColumns(now, input.before.catalog).flatMap(({ name, from, to }) => {
    const plain = sayName(name)
    const [, size] = /^character varying\((\d+)\)$/.exec(to) ?? []
    const isText = from === 'text' || from.startsWith('character varying')
    if (size === undefined || isText || !filled.has(plain)) return []
    return [`${plain} held at most ${size} characters: a longer value stops it`]
  })
}

/** True for a composite type of which a column holds values, alone or in a list. */
function isHeld(type: string, catalog: Catalog): boolean {
  return catalog.objects.some(({ kind, definition }) => {
    return kind === 'column' && sayName(withoutList(String(definition['type']))) === type
  })
}

/** A generated column is computed again. */
function isGenerated(name: string, input: RollbackInput): boolean {
  return typeof columnNamed(name, input.before.catalog)?.definition['generated'] === 'string'
}

function columnNamed(name: string, { objects }: Catalog): CatalogObject | undefined {
  return objects.find((object) => object.kind === 'column' && sayName(object.name) === name)
}

/** Columns, by the names they had, that were turned into a type or by an expression that may not keep everything. */
function retyped(input: RollbackInput, ended: readonly Identity[], now: Catalog): readonly string[] {
  const conversions = conversionsByOldName(input, ended)
  const lost = new Set(findLostObjects(input.before.identities, ended).columns)
  const there = new Set(input.before.identities.filter(({ kind }) => kind === 'column').map(plainName))
  const retypedOnes = retypedColumns(now, input.before.catalog)
    .map(({ name, from, to }) => ({ name: sayName(name), from: to, to: from }))
  const computed = [...conversions]
    .filter(([name, { how }]) => how === 'computed' || (isZoning(how) && !retypedOnes.some((one) => one.name === name)))
    .filter(([name]) => there.has(name))
    .map(([name]) => name)
  const narrowed = retypedOnes
    .filter(({ name, from, to }) => !keepsWhatComesThrough(from, to, conversions.get(name)?.how ?? 'cast'))
    .map(({ name }) => name)
  return [...new Set([...computed, ...narrowed])].filter((name) => !lost.has(name)).sort()
}

function functionNames(...catalogs: readonly Catalog[]): readonly string[] {
  return catalogs
    .flatMap((catalog) => catalog.objects)
    .filter((object) => object.kind === 'function')
    .flatMap((object) => {
      const parts = splitName(object.name.slice(0, object.name.indexOf('(')))
      return [spokenName(parts), spokenName(parts.slice(-1))]
    })
}
