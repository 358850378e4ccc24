import type { Rule } from './rule.ts'
import { rule as commandPages } from './rules/command-pages.ts'
import { rule as dependenciesPage } from './rules/dependencies-page.ts'
import { rule as docComments } from './rules/doc-comments.ts'
import { rule as errorCatalogue } from './rules/error-catalogue.ts'
import { rule as machinePaths } from './rules/machine-paths.ts'
import { rule as pageLinks } from './rules/page-links.ts'
import { rule as testMirror } from './rules/test-mirror.ts'
import { rule as typedCommands } from './rules/typed-commands.ts'

/** Every rule of the repository; a test compares this list with the folder. */
export const rules: readonly Rule[] = [
  commandPages,
  dependenciesPage,
  docComments,
  errorCatalogue,
  machinePaths,
  pageLinks,
  testMirror,
  typedCommands,
]
