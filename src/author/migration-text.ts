import { renderDirective } from '../history/directives.ts'
import type { UsedAnswer } from './renames/rename.ts'

/** Statements under one comment, as Prisma lays its migrations out. */
export interface Section {
  readonly heading: string | undefined
  readonly statements: readonly string[]
}

/** The text of `migration.sql`: the answers as directives, then the statements. */
export function migrationText(
  used: readonly UsedAnswer[],
  draftReason: string | undefined,
  sections: readonly Section[],
): string {
  const directives = unique([
    ...(draftReason === undefined ? [] : [renderDirective({ verb: 'draft', words: [], values: { reason: draftReason } })]),
    ...used.map(directiveOf),
  ])
  const head = directives.length === 0 ? '' : `${directives.join('\n')}\n\n`
  return `${head}${sections.map(sectionText).join('\n')}`
}

function directiveOf(answer: UsedAnswer): string {
  switch (answer.kind) {
    case 'rename':
      return renderDirective({ verb: 'rename', words: [`${answer.subject}:${answer.answer}`], values: {} })
    case 'delete':
      return renderDirective({ verb: 'delete', words: [answer.subject], values: {} })
    case 'fill':
    case 'cast':
    case 'map':
      return renderDirective({ verb: answer.kind, words: [], values: { [keyOf(answer.subject)]: answer.answer } })
  }
}

/** The key of a directive ends at a blank, a quote or an equals sign, which only names of the database hold. */
function keyOf(subject: string): string {
  return subject.replaceAll(/[\s="]+/g, '_')
}

function sectionText(section: Section): string {
  const heading = section.heading === undefined ? '' : `-- ${section.heading}\n`
  return `${heading}${section.statements.map((statement) => `${statement};\n`).join('')}`
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)]
}
