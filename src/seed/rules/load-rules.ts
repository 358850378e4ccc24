import { nearestName } from '../../errors/nearest-name.ts'
import type { Project } from '../../project/open-project.ts'
import { seedDefinitions } from '../definitions.ts'
import type { Environment } from '../environments/environment.ts'
import { loadLocale } from '../locale/load-locale.ts'
import type { SchemaTables } from '../reference/schema-tables.ts'
import type { TableRules } from '../rows/table-rules.ts'
import { findSeedModule, loadSeedModule } from '../seed-files.ts'
import { compilePersonas } from './compile-personas.ts'
import { compileRules } from './compile-rules.ts'
import { personaUnknown } from './errors.ts'

/** What rules are read for: plain data, so that a thread can read them as well. */
export interface RuleSource {
  readonly project: Pick<Project, 'directory' | 'stateDirectory' | 'variables'>
  readonly environment: Environment
  readonly tables: SchemaTables
  readonly withReference: ReadonlySet<string>
  readonly seed: string
  readonly now: number
}

/**
 * The user's own rules by model: generators of `seed/generators`, given rows of `seed/personas`.
 * @throws SEED_RULE_*, SEED_PERSONA_*, PROJECT_CONFIG_UNREADABLE
 */
export async function loadRules(input: RuleSource): Promise<ReadonlyMap<string, TableRules>> {
  const { project, environment, tables, seed, now } = input
  const rules = new Map<string, TableRules>()
  const generatorsFile = findSeedModule(project.directory, 'generators')
  if (generatorsFile !== undefined) {
    const scene = { file: generatorsFile.name, tables, seed, now, locale: () => loadLocale(environment.locale) }
    const exported = await loadSeedModule(project, generatorsFile, 'generators', seedDefinitions)
    for (const [model, generators] of await compileRules(scene, exported)) rules.set(model, { generators })
  }
  const personasFile = environment.personas === false ? undefined : findSeedModule(project.directory, 'personas')
  const exported = personasFile === undefined ? {} : await loadSeedModule(project, personasFile, 'personas', seedDefinitions)
  checkPersonas(environment, exported)
  if (personasFile === undefined) return rules
  const { personas } = environment
  const isWanted = (name: string): boolean => typeof personas === 'boolean' || personas.includes(name)
  const scene = { file: personasFile.name, tables, withReference: input.withReference, isWanted }
  for (const [model, rows] of compilePersonas(scene, exported)) rules.set(model, { ...rules.get(model), rows })
  return rules
}

function checkPersonas({ name, personas }: Environment, exported: unknown): void {
  if (typeof personas === 'boolean') return
  const models: readonly unknown[] = typeof exported === 'object' && exported !== null ? Object.values(exported) : []
  const known = models.flatMap((rows) => (typeof rows === 'object' && rows !== null ? Object.keys(rows) : []))
  for (const persona of personas) {
    if (!known.includes(persona)) throw personaUnknown(name, persona, nearestName(persona, known))
  }
}
