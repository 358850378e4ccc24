import type { ReviewedClassification, ReviewedColumn } from './classification.ts'

/** `seed/classification.json`: a line a column, in the order given: a diff shows what changed and nothing else. */
export function classificationText({ tables }: ReviewedClassification): string {
  const blocks = Object.entries(tables).map(([table, columns]) => {
    const lines = Object.entries(columns).map(([name, column]) => `      ${JSON.stringify(name)}: ${columnText(column)}`)
    return `    ${JSON.stringify(table)}: {\n${lines.join(',\n')}\n    }`
  })
  return `{\n  "tables": {\n${blocks.join(',\n')}\n  }\n}\n`
}

function columnText({ class: piiClass, mask, confidence, reason, accepted }: ReviewedColumn): string {
  const pairs = Object.entries({ class: piiClass, mask, confidence, accepted, reason })
  return `{ ${pairs.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')} }`
}
