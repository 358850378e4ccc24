import type { Finding } from '../../proof/finding.ts'
import type { Colors } from '../colors.ts'

/** What `tide check` found, migration by migration. */
export function renderFindings(findings: readonly Finding[], checked: number, colors: Colors): readonly string[] {
  const migrations = [...new Set(findings.map(({ migration }) => migration))]
  const count = checked === 1 ? '1 migration' : `${String(checked)} migrations`
  if (findings.length === 0 && checked === 0) return ['No migrations to check.']
  if (findings.length === 0) return [`${count}: every proof holds, and shows nothing that is not accepted.`]
  return [
    ...migrations.flatMap((migration) => [
      colors.bold(migration === '' ? 'Columns of the schema' : migration),
      ...findings.filter((one) => one.migration === migration).flatMap((one) => findingLines(one, colors)),
    ]),
    `${findings.length === 1 ? '1 finding' : `${String(findings.length)} findings`} in ${count}.`,
  ]
}

function findingLines({ rule, severity, message, safer, line, statement }: Finding, colors: Colors): readonly string[] {
  const paint = severity === 'error' ? colors.red : colors.yellow
  const place = line > 1 || (line > 0 && statement !== '') ? colors.dim(` line ${String(line)}`) : ''
  return [`  ${paint(rule)}${place}  ${message}`, colors.dim(`    ${safer}`)]
}
