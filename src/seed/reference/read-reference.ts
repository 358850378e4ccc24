import type { Project } from '../../project/open-project.ts'
import { nearestName } from '../../errors/nearest-name.ts'
import { knownEnvironments } from '../environments/read-environment.ts'
import { referenceFolderUnknown, referenceFormatUnknown, referenceTwoFiles } from './errors.ts'
import { listSeedFiles, listSeedFolders, loadSeedModule, readSeedText, type SeedFile } from '../seed-files.ts'
import { seedDefinitions } from '../definitions.ts'
import type { DeclaredFile } from './declared.ts'
import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import { readModule } from './read-module.ts'

/**
 * Reads the files of `seed/reference/`, then those of `seed/reference/<environment>/`, which lie over them.
 * @param models the models that the environment wants, or all
 * @throws SEED_REFERENCE_FOLDER, SEED_REFERENCE_TWO_FILES, SEED_REFERENCE_FORMAT, SEED_REFERENCE_SYNTAX
 */
export async function readReference(
  project: Project,
  environment: string,
  models: readonly string[] | 'all',
): Promise<readonly DeclaredFile[]> {
  checkFolders(project.directory)
  const folders = ['reference', `reference/${environment}`].map((folder) => listSeedFiles(project.directory, folder))
  for (const files of folders) refuseTwoOfOne(files)
  const files = folders.flat().filter(({ stem }) => models === 'all' || models.includes(stem))
  return Promise.all(files.map((file) => readFile(project, file)))
}

/** A folder whose name is mistyped would never be read. */
function checkFolders(directory: string): void {
  const known = knownEnvironments(directory)
  const strange = listSeedFolders(directory, 'reference').find((name) => !known.includes(name))
  if (strange !== undefined) throw referenceFolderUnknown(strange, nearestName(strange, known), known)
}

/** Of `Country.csv` and `Country.json` in one folder nobody could say which lies over the other. */
function refuseTwoOfOne(files: readonly SeedFile[]): void {
  for (const [place, { name, stem }] of files.entries()) {
    const first = files.slice(0, place).find((other) => other.stem === stem)
    if (first !== undefined) throw referenceTwoFiles(stem, first.name, name)
  }
}

async function readFile(project: Project, file: SeedFile): Promise<DeclaredFile> {
  const { name, stem, extension } = file
  if (extension === 'csv') return readCsv(name, stem, readSeedText(file))
  if (extension === 'json') return readJson(name, stem, readSeedText(file))
  if (!moduleExtensions.has(extension)) throw referenceFormatUnknown(name)
  return readModule(name, stem, await loadSeedModule(project, file, 'reference', seedDefinitions))
}

const moduleExtensions: ReadonlySet<string> = new Set(['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'])
