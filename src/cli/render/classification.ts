import type { ClassifiedColumns } from '../../mask/classify-columns.ts'
import type { Colors } from '../colors.ts'
import { shellWord } from '../../errors/shell-word.ts'

/** What `tide fixtures classify` did, and what is left for a person. */
export function renderClassification(result: ClassifiedColumns, colors: Colors): readonly string[] {
  const { file, columns, added, removed, accepted, unaccepted, alarms } = result
  const changes = [counted(added.length, 'new'), counted(removed.length, 'removed'), counted(accepted.length, 'accepted')].filter((part) => part !== '')
  const head = `${file}: ${columns === 1 ? '1 column' : `${columns} columns`}${changes.length === 0 ? ', as it was' : `, ${changes.join(', ')}`}.`
  const alarmLines = alarms.flatMap(({ where, evidence, class: piiClass }) => [
    `  ${colors.red(where)}  looks like ${evidence}, and is classified ${piiClass}`,
  ])
  const open = unaccepted.map(({ where, class: piiClass, mask, reason }) => `  ${colors.yellow(where)}  ${piiClass} ${mask}  ${colors.dim(reason)}`)
  return [
    head,
    ...(alarms.length === 0 ? [] : ['', colors.bold('Values that look personal:'), ...alarmLines]),
    ...(open.length === 0
      ? ['Every column is accepted.']
      : ['', colors.bold(`${unaccepted.length} not accepted yet:`), ...open, '', `Read them, correct class and mask in ${file}, then accept: tide fixtures classify --accept ${shellWord(unaccepted[0]?.where ?? '')}`]),
  ]
}

function counted(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}`
}
