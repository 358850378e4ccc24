import { expect, test } from 'vitest'
import { classifyRules } from '../../../src/seed/classify/rules.ts'
import { privacyRules } from '../../../src/seed/classify/rules/privacy.ts'
import { column, generatedTable } from '../../support/generated-rows.ts'

const types: Readonly<Record<string, string>> = {
  text: 'text', int: 'int4', decimal: 'numeric', bool: 'bool', date: 'date', timestamp: 'timestamptz', time: 'time', interval: 'interval',
  uuid: 'uuid', json: 'jsonb', bytes: 'bytea', inet: 'inet', mac: 'macaddr', range: 'tstzrange', enum: 'text', vector: 'vector',
}

/** A change here changes everybody's rows: raise `generatorVersion` with it. */
test.each(['en', 'de', 'ja'])('each generator gives the bytes that it always gave: %s', async (locale) => {
  // Other names for what the other rules make.
  const own = classifyRules.filter((rule) => !privacyRules.includes(rule))
  const rules = [...new Map(own.map((rule) => [rule.generator, rule])).values()]
  const lines: string[] = []
  for (const { names, types: groups } of rules) {
    const single = column(names.split(',')[0]?.replaceAll(' ', '_') ?? '', types[groups[0] ?? 'text'] ?? 'text')
    const { row, generators } = await generatedTable('Thing', [single], { locale })
    const values = [0, 1, 123_456].map((index) => row(index)[single.name] ?? 'NULL')
    lines.push(`${generators.get(single.name)?.name ?? ''}\t${values.join('\t')}`)
  }
  await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot(`golden/${locale}.tsv`)
})
