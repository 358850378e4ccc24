import { describe, expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { examineSample } from '../../../src/mask/sample/examine-sample.ts'
import { detectors } from '../../../src/mask/sample/detectors.ts'
import type { ReviewedColumn } from '../../../src/mask/classification/classification.ts'
import { createTestDatabase } from '../../support/database.ts'

describe('examineSample', () => {
  test('raises an alarm for kept columns that look personal, and tells no value', async () => {
    const database = await createTestDatabase('sample')
    await withConnection(database, async (connection) => {
      await connection.query(`
        CREATE TABLE t (id int8, title text, extra jsonb, code text, number int8, state text, secret text);
        INSERT INTO t SELECT n, CASE WHEN n = 500 THEN 'ask anna.meyer@corp.de' ELSE 'Title ' || n END,
          jsonb_build_object('iban', 'DE89 3704 0044 0532 0130 00'), '1.2.' || n || '.4', 4111111111111111, 'open', 'anna@corp.de' FROM generate_series(1, 900) n`)
      const tables = await readTables(connection)
      const reviewed = { class: 'N', mask: 'keep', confidence: 1, reason: '', accepted: true } as const
      const names = ['id', 'title', 'extra', 'code', 'number', 'state'].map((name) => [name, reviewed] as const)
      const secret = ['secret', { ...reviewed, class: 'D', mask: 'email' }] as const
      const columns = new Map<string, ReviewedColumn>([...names, secret])
      const classification = { tables: { 'public.t': Object.fromEntries(columns) } }
      const alarms = await examineSample(connection, { tables, classification, schema: 'public' })
      expect(alarms.map(({ where, evidence, found }) => [where, evidence, found])).toEqual([
        ['public.t.title', 'an e-mail address', 1],
        ['public.t.extra', 'an IBAN', 900],
        ['public.t.code', 'an IP address', 255],
        ['public.t.number', 'a card number', 900],
      ])
      expect(JSON.stringify(alarms)).not.toMatch(/anna|DE89|4111/u)
    })
  })

  test.each([
    ['an e-mail address', ['a.b+c@d.example.com', '"x" <a@b.de>'], ['@handle', 'a@b', 'npm i @scope/x']],
    ['an IBAN', ['GB82 WEST 1234 5698 7654 32', 'DE89370400440532013000'], ['DE89370400440532013001', 'AB12CDEFGHIJKLMNOP']],
    ['a card number', ['4111 1111 1111 1111', '378282246310005'], ['4111111111111112', '1234567890123456', '42']],
    ['a social security number', ['123-45-6789'], ['000-45-6789', '123-45-67890', '2024-01-02']],
    ['a telephone number', ['+49 30 123456', '(212) 555-0100'], ['2024-01-02 10:00', '1234567', '+1']],
    ['an IP address', ['10.1.2.3', '2001:db8::1', '::1'], ['1.2.3', '300.1.1.1', '12:30:10']],
    ['a URL with a password', ['postgres://me:secret@db/x'], ['https://me@host/x', 'https://host:8080/a@b']],
    ['a signed token', ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlMTIz'], ['eyJhbGciOiJIUzI1NiJ9']],
    ['a password hash', [`$2b$10$${'a'.repeat(53)}`, '$argon2id$v=19$m=1'], ['$2 off', '$5 bill']],
    ['a secret of a service', [`ghp_${'a'.repeat(36)}`, 'AKIAABCDEFGHIJKLMNOP'], ['ghp_short']],
  ])('%s is told from what only looks like it', (evidence, yes, no) => {
    const finds = detectors.find((one) => one.evidence === evidence)?.finds
    expect(yes.map((value) => finds?.(value))).toEqual(yes.map(() => true))
    expect(no.map((value) => finds?.(value))).toEqual(no.map(() => false))
  })
})
