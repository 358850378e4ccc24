import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type DataModel, readDataModel } from '../../../src/prisma/data-model.ts'
import { classify, confident } from '../../../src/seed/classify/classify.ts'
import { classifyRules } from '../../../src/seed/classify/rules.ts'
import { wordsOf } from '../../../src/seed/classify/words.ts'
import { semanticGenerators } from '../../../src/seed/generators/list.ts'
import { corpusFolder, corpusNames, corporaReason } from '../../support/corpora.ts'

const text = { kind: 'scalar', baseType: 'text' } as const

test.each([
  ['userEmails', 'user email'],
  ['user-email', 'user email'],
  ['USER_EMAIL', 'user email'],
  ['HTTPStatusCode', 'http status code'],
  ['addressLine1', 'address line 1'],
  ['dob', 'birth date'],
  ['firstname', 'first name'],
  ['qty', 'quantity'],
  ['categories', 'category'],
  ['addresses', 'address'],
  ['status', 'status'],
])('%s is %s', (name, words) => {
  expect(wordsOf(name).join(' ')).toBe(words)
})

test('every generator that a rule names is there, and every generator has a rule', () => {
  const named = new Set(classifyRules.map(({ generator }) => generator))
  expect([...named].filter((name) => semanticGenerators[name] === undefined)).toEqual([])
  expect(Object.keys(semanticGenerators).filter((name) => !named.has(name))).toEqual([])
})

describe('what a column holds', () => {
  test.each([
    ['User', 'email', 'text', 'email', 'D', 1],
    ['User', 'user_email', 'text', 'email', 'D', 1],
    ['User', 'name', 'text', 'fullName', 'D', 1],
    ['Organisation', 'name', 'text', 'companyName', 'N', 1],
    ['Product', 'name', 'text', 'productName', 'N', 1],
    ['Category', 'name', 'text', 'categoryName', 'N', 1],
    ['Webhook', 'name', 'text', 'title', 'N', 1],
    ['Order', 'order_number', 'text', 'reference', 'K', 1],
    ['Order', 'shippingPostcode', 'text', 'postalCode', 'Q', 0.9],
    ['User', 'billing_phone_number', 'text', 'phone', 'D', 0.9],
    ['User', 'passwd', 'text', 'passwordHash', 'C', 1],
    ['Session', 'refreshToken', 'text', 'secret', 'C', 1],
    ['Person', 'religion', 'text', 'belief', 'S', 1],
    ['User', 'emailVerified', 'timestamptz', 'eventAt', 'N', 1],
    ['User', 'emailVerified', 'bool', 'active', 'N', 1],
    ['Order', 'status', 'text', 'status', 'N', 1],
    ['Employee', 'annual_salary', 'numeric', 'salary', 'S', 1],
    ['Order', 'total_cents', 'int4', 'priceMinor', 'N', 1],
    ['Event', 'ends_at', 'timestamptz', 'endsAt', 'N', 1],
    ['Login', 'client_ip', 'inet', 'ipAddress', 'D', 1],
    ['Item', 'isDeleted', 'bool', 'blocked', 'N', 1],
    ['User', 'email_adresss', 'text', 'email', 'D', 0.8],
    ['User', 'nationallity', 'text', 'nationality', 'Q', 0.6],
  ] as const)('%s.%s of type %s', (model, name, baseType, generator, piiClass, confidence) => {
    expect(classify({ name, kind: 'scalar', baseType }, model)).toMatchObject({ generator, piiClass, confidence })
  })

  test('the type has a veto: a number called email is no address', () => {
    expect(classify({ name: 'email', kind: 'scalar', baseType: 'int4' }, 'User').confidence).toBeLessThan(confident)
  })

  test('what nobody recognises is nothing, and text that nobody recognises may hold anything', () => {
    expect(classify({ name: 'zyxq', ...text }, 'Blob')).toEqual({
      generator: undefined, piiClass: 'F', confidence: 0, reason: 'no rule fits "zyxq", type text',
    })
  })

  test('the comments of the schema overrule the rules', () => {
    const documentation = 'As printed.\n@seed(iban) @pii(S)'
    expect(classify({ name: 'nickname', ...text, documentation }, 'User')).toMatchObject({
      generator: 'iban', piiClass: 'S', confidence: 1,
    })
    expect(classify({ name: 'nickname', ...text, documentation: '@pii(N)' }, 'User')).toMatchObject({
      generator: 'username', piiClass: 'N',
    })
  })
})

const baseTypes: Readonly<Record<string, string>> = {
  String: 'text', Int: 'int4', BigInt: 'int8', Float: 'float8', Decimal: 'numeric', Boolean: 'bool', DateTime: 'timestamptz', Json: 'jsonb', Bytes: 'bytea',
}

interface Recall {
  readonly share: number
  readonly columns: number
  readonly missed: readonly string[]
}

/** The share of columns, keys of relations aside, that are recognised with confidence; and the others. */
function recall({ models, enums }: DataModel): Recall {
  const missed: string[] = []
  let columns = 0
  for (const model of models) {
    const keys = new Set(model.fields.flatMap(({ relationFields }) => relationFields))
    for (const field of model.fields) {
      const isEnum = enums.some(({ name }) => name === field.type)
      const baseType = isEnum ? field.type : baseTypes[field.type]
      if (field.column === undefined || baseType === undefined || keys.has(field.name)) continue
      columns++
      const found = classify({ name: field.column, kind: isEnum ? 'enum' : 'scalar', baseType }, model.name)
      // Of an enum the labels say what may stand in it.
      if (!isEnum && found.confidence < confident) missed.push(`${model.name}.${field.name} ${field.type}`)
    }
  }
  return { share: 1 - missed.length / columns, columns, missed }
}

function modelOf(folder: string): DataModel {
  return readDataModel([{ path: 'schema.prisma', text: readFileSync(join(folder, 'prisma/schema.prisma'), 'utf8') }])
}

test('the reference project is recognised', () => {
  const { share, missed } = recall(modelOf(join(import.meta.dirname, '../../..')))
  expect(share, missed.join('\n')).toBeGreaterThan(0.95)
})

test.skipIf(corpusNames.length === 0)(`the real projects are recognised (skipped where ${corporaReason})`, () => {
  const recalls = corpusNames.map((name) => ({ name, ...recall(modelOf(corpusFolder(name))) }))
  const table = recalls.map(({ name, share, columns, missed }) => `${name}: ${(share * 100).toFixed(1)} % of ${columns}\n  ${missed.join('\n  ')}`)
  const columns = recalls.reduce((sum, one) => sum + one.columns, 0)
  const all = recalls.reduce((sum, { share, columns: of }) => sum + share * of, 0) / columns
  expect(all, table.join('\n')).toBeGreaterThan(0.9)
  for (const { share } of recalls) expect(share, table.join('\n')).toBeGreaterThan(0.75)
})
