import { expect, it } from 'vitest'
import { isInPartition } from '../../../src/proof/adversarial/partition-bounds.ts'
import { stepsOf } from '../../../src/proof/adversarial/step.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

it.each([
  ["FOR VALUES FROM ('a') TO ('b')", ['k'], "k IS NOT NULL AND k >= 'a' AND k < 'b'"],
  ['FOR VALUES FROM (1, 2) TO (3, 4)', ['k', 'l'], 'k IS NOT NULL AND l IS NOT NULL AND (k, l) >= (1, 2) AND (k, l) < (3, 4)'],
  ['FOR VALUES FROM (1, MINVALUE) TO (3, MAXVALUE)', ['k', 'l'], 'k IS NOT NULL AND l IS NOT NULL AND k >= 1 AND k <= 3'],
  ['FOR VALUES FROM (1, MAXVALUE) TO (3, MINVALUE)', ['k', 'l'], 'k IS NOT NULL AND l IS NOT NULL AND k > 1 AND k < 3'],
  ['FOR VALUES FROM (MINVALUE) TO (3)', ['k'], 'k IS NOT NULL AND k < 3'],
  ['FOR VALUES IN (1, 2)', ['k'], 'k IN (1, 2)'],
  ["FOR VALUES IN ('a', NULL)", ['k'], "(k IS NULL OR k IN ('a'))"],
  ['FOR VALUES WITH (modulus 4, remainder 0)', ['k'], undefined],
  ['DEFAULT', ['k'], undefined],
])('%s', async (bounds, key, expected) => {
  const [statement] = await parseStatements(`ALTER TABLE t ATTACH PARTITION p ${bounds}`, 'm.sql')
  const [step] = statement === undefined ? [] : await stepsOf(statement)
  if (step?.kind !== 'add-partition') throw new TypeError('no partition')
  expect(isInPartition(step.partition.bound, key, step.parts)).toBe(expected)
})
