import type { Project } from '../../project/open-project.ts'
import { referenceFormatUnknown } from './errors.ts'
import { listSeedFiles, loadSeedModule, readSeedText, type SeedFile } from '../seed-files.ts'
import { seedDefinitions } from '../definitions.ts'
import type { DeclaredFile } from './declared.ts'
import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import { readModule } from './read-module.ts'

/**
 * Reads the files of `seed/reference/`, then those of `seed/reference/<environment>/`, which lie over them.
 * @param models the models that the environment wants, or all
 * @throws SEED_REFERENCE_FORMAT, SEED_REFERENCE_SYNTAX
 */
export async function readReference(
  project: Project,
  environment: string,
  models: readonly string[] | 'all',
): Promise<readonly DeclaredFile[]> {
  const files = [
    ...listSeedFiles(project.directory, 'reference'),
    ...listSeedFiles(project.directory, `reference/${environment}`),
  ].filter(({ stem }) => models === 'all' || models.includes(stem))
  return Promise.all(files.map((file) => readFile(project, file)))
}

async function readFile(project: Project, file: SeedFile): Promise<DeclaredFile> {
  const { name, stem, extension } = file
  if (extension === 'csv') return readCsv(name, stem, readSeedText(file))
  if (extension === 'json') return readJson(name, stem, readSeedText(file))
  if (!moduleExtensions.has(extension)) throw referenceFormatUnknown(name)
  return readModule(name, stem, await loadSeedModule(project, file, 'reference', seedDefinitions))
}

const moduleExtensions: ReadonlySet<string> = new Set(['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'])
