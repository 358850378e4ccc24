import process from 'node:process'
import { heldOut, type LabelledColumn, readLabels } from './labels.ts'
import { type Judged, scoreClassifier } from './score.ts'

/**
 * Compares the classifier with hand-labelled columns of public Prisma schemas (`npm run score:classifier`): those that
 * its rules were mended with, and those of projects that were left alone. `--list` prints every column it gets wrong.
 */
const labels = readLabels()
const parts: readonly (readonly [string, readonly LabelledColumn[]])[] = [
  ['mended with', labels.filter(({ project }) => !heldOut.has(project))],
  ['held out', labels.filter(({ project }) => heldOut.has(project))],
  ['all', labels],
]
for (const [name, part] of parts) {
  const { columns, positives, found, claimed, recall, precision, kept } = scoreClassifier(part)
  process.stdout.write(
    `${name.padEnd(12)} ${columns} columns, ${positives} of class D, C or S: recall ${recall.toFixed(3)} (${found}), ` +
      `precision ${precision.toFixed(3)} (of ${claimed}); ${kept} would be kept by an unread review\n`,
  )
}
if (process.argv.includes('--list')) {
  const { missed, wrong } = scoreClassifier(labels)
  const line = ({ label, proposed }: Judged): string =>
    `  ${label.project} ${label.model}.${label.field} ${label.type}: ${label.piiClass}, proposed ${proposed.class} ${proposed.mask} (${proposed.confidence}, ${proposed.reason})\n`
  process.stdout.write(`missed:\n${missed.map(line).join('')}wrong:\n${wrong.map(line).join('')}`)
}
