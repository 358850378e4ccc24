import { readHistory } from '../../history/read-history.ts'
import { checkColumns, type ColumnFinding } from '../../mask/check-columns.ts'
import { checkProofs } from '../../proof/check-proofs.ts'
import type { Finding } from '../../proof/finding.ts'
import { chooseMigrations } from '../choose-migrations.ts'
import { defineCommand } from '../command.ts'
import { renderFindings } from '../render/findings.ts'
import { openWorkspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'check',
  summary: 'say which migrations lack a proof, or show more than was accepted',
  description:
    'Reads the proofs beside the migrations: those that are missing or no longer hold, and those that show a loss or a ' +
    'failure which no directive accepts. In a project with seed/classification.json also the columns of the schema that ' +
    'nobody has accepted there. Needs no database. Ends with exit code 4 where there is a finding.',
  arguments: { migration: { description: 'their names, or beginnings that only they have; all where none is given', many: true } },
  options: {
    since: { flag: '--since', kind: 'string', placeholder: 'REF', description: 'only migrations and columns added or changed since a git reference' },
  },
  examples: [
    { line: 'tide check', does: 'checks the whole history' },
    { line: 'tide check --since origin/main --json', does: 'checks what a branch adds, as JSON' },
  ],
  run: async (context, { migration, since }) => {
    const { project } = await openWorkspace(context)
    const history = await readHistory(project.migrationsDirectory)
    const names = await chooseMigrations(project, history, { wanted: migration, since })
    const setup = project.rehearsalSetup
    const findings = checkProofs({
      history,
      ...(setup === undefined ? {} : { setup }),
      ...(names === undefined ? {} : { names: new Set(names) }),
    })
    const columns = migration.length > 0 ? [] : await checkColumns(project, { since })
    const all: readonly Finding[] = [...findings, ...columns.map(asFinding)]
    const checked = names?.length ?? history.length
    const errors = all.filter(({ severity }) => severity === 'error').length
    return {
      document: { findings: all, summary: { migrations: checked, errors, warnings: all.length - errors } },
      text: renderFindings(all, checked, context.colors),
      ...(all.length > 0 ? { exitCode: 4 as const } : {}),
    }
  },
})

/** It belongs to no migration: the schema is what it is about. */
function asFinding({ rule, column, message, safer }: ColumnFinding): Finding {
  return { rule, severity: 'error', migration: '', statement: column, line: 0, message, locks: [], safer }
}
