import { expect, test } from 'vitest'
import { classify } from '../../../src/seed/classify/classify.ts'
import { classifyRules } from '../../../src/seed/classify/rules.ts'
import { privacyRules } from '../../../src/seed/classify/rules/privacy.ts'
import { column, generatedTable } from '../../support/generated-rows.ts'

const types: Readonly<Record<string, string>> = {
  text: 'text', int: 'int4', decimal: 'numeric', bool: 'bool', date: 'date', timestamp: 'timestamptz', time: 'time', interval: 'interval',
  uuid: 'uuid', json: 'jsonb', bytes: 'bytea', inet: 'inet', mac: 'macaddr', range: 'tstzrange', enum: 'text', vector: 'vector',
}

/** A change here, as below, changes everybody's rows: raise `generatorVersion` with it. */
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

test('each name means what it always meant', async () => {
  const lines = classifyRules.flatMap(({ names, types: groups, models }) =>
    names.split(',').map((name) => {
      const single = column(name.replaceAll(' ', '_'), types[groups[0] ?? 'text'] ?? 'text')
      const model = models?.[0] ?? 'Thing'
      const { generator, piiClass, confidence } = classify(single, model)
      return [single.name, single.baseType, model, generator ?? '', piiClass, confidence.toFixed(2)].join('\t')
    }),
  )
  await expect(`${[...new Set(lines)].sort().join('\n')}\n`).toMatchFileSnapshot('golden/classifier.tsv')
})

test('distinct values say something as long as there are enough of them', async () => {
  const names = ['name', 'title', 'slug', 'code', 'country', 'country_code', 'currency', 'company', 'category', 'file_name']
  const lines: string[] = []
  for (const name of names) {
    for (const maxLength of [undefined, 12]) {
      const single = column(name, maxLength === undefined ? 'text' : 'varchar', { maxLength })
      const { generators } = await generatedTable('Thing', [single], { locale: 'en' })
      const { at, first = 0, capacity = 0 } = generators.get(name) ?? {}
      const row = { cell: () => undefined, index: 0 }
      const values = [0, 1, first - 1, first, capacity - 1].filter((index) => index >= 0).map((index) => at?.(index, row as never) ?? '')
      lines.push([`${name} ${maxLength ?? ''}`, first, capacity, ...values].join('\t'))
    }
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/distinct.tsv')
})
