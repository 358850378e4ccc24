import { describe, expect, it } from 'vitest'
import { createNames, fieldSubject, fieldSubjects, type Names, valueSubject, valueSubjects } from '../../src/author/names.ts'
import { readDataModel } from '../../src/prisma/data-model.ts'
import { schemaOf } from '../support/schema-edit.ts'

const before = `
model Customer {
  id    Int    @id
  mail  String @map("e_mail")
  state State
  @@map("customers")
}
enum State {
  OPEN @map("open")
  DONE
  @@map("state")
}`
const after = `
model Client {
  id    Int    @id
  email String @map("e_mail")
  state Status
  @@map("customers")
}
enum Status {
  ACTIVE @map("open")
  DONE
  @@map("state")
}`
const customers = { schema: undefined, name: 'customers' }
const state = { schema: undefined, name: 'state' }

describe('createNames', () => {
  it('shows the name in the schema as it is, and accepts the earlier one and that of the database', () => {
    const names = namesOf(after, before)
    expect(names.models(customers)).toEqual(['Client', 'Customer', 'customers'])
    expect(names.fields(customers, 'e_mail')).toEqual(['email', 'mail', 'e_mail'])
    expect(names.enums(state)).toEqual(['Status', 'State', 'state'])
    expect(names.values(state, 'open')).toEqual(['ACTIVE', 'OPEN', 'open'])
    expect(fieldSubject(names, customers, 'e_mail')).toBe('Client.email')
    expect(fieldSubjects(names, customers, 'e_mail')).toContain('Customer.mail')
    expect(fieldSubjects(names, customers, 'e_mail')).toContain('customers.e_mail')
    expect(valueSubject(names, state, 'open')).toBe('Status.ACTIVE')
    expect(valueSubjects(names, state, 'open')).toContain('state.OPEN')
  })

  it('shows the earlier name of what is no longer there, and that of the database where nothing else is known', () => {
    const gone = 'model Other {\n  id Int @id\n}'
    expect(namesOf(gone, before).models(customers)).toEqual(['Customer', 'customers'])
    expect(namesOf(gone).models(customers)).toEqual(['customers'])
    expect(fieldSubject(namesOf(gone), customers, 'e_mail')).toBe('customers.e_mail')
  })

  it('knows a table that was renamed on the way by its earlier names too', () => {
    const names = createNames(
      readDataModel(schemaOf(after.replace('@@map("customers")', '@@map("clients")'))),
      readDataModel(schemaOf(before)),
      'public',
      [{ before: customers, now: { schema: undefined, name: 'clients' } }],
    )
    const clients = { schema: undefined, name: 'clients' }
    expect(names.models(clients)).toEqual(['Client', 'Customer', 'clients', 'customers'])
    expect(names.fields(clients, 'e_mail')).toEqual(['email', 'mail', 'e_mail'])
  })

  it('keeps tables of one name in two schemas apart', () => {
    const names = namesOf(`
datasource db {
  provider = "postgresql"
  schemas  = ["public", "audit"]
}
model Log {
  id   Int @id
  text String @map("t")
  @@schema("public")
}
model AuditLog {
  id   Int @id
  body String @map("t")
  @@map("Log")
  @@schema("audit")
}`)
    expect(names.models({ schema: undefined, name: 'Log' })).toEqual(['Log'])
    expect(names.models({ schema: 'public', name: 'Log' })).toEqual(['Log'])
    expect(names.models({ schema: 'audit', name: 'Log' })).toEqual(['AuditLog', 'Log'])
    expect(names.fields({ schema: 'audit', name: 'Log' }, 't')).toEqual(['body', 't'])
  })

  it('calls what is there by its old name alone, and finds what a new name stands for', () => {
    const swapped = createNames(
      readDataModel(schemaOf('model A {\n  id Int @id\n  x Int @map("y")\n  z Int @map("x")\n}')),
      readDataModel(schemaOf('model A {\n  id Int @id\n  x Int\n  y Int\n}')),
      'public',
    )
    const table = { schema: undefined, name: 'A' }
    expect(swapped.oldFields(table, 'y')).toEqual(['A.y'])
    expect(swapped.oldFields(table, 'x')).toEqual(['A.x'])
    expect(swapped.column(table)('x')).toBe('y')
    expect(swapped.column(table)('nothing')).toBeUndefined()
    expect(swapped.column({ schema: undefined, name: 'B' })('x')).toBeUndefined()
    const names = namesOf(after, before)
    expect(names.oldValues(state, 'open')).toContain('State.OPEN')
    expect(names.label(state)('ACTIVE')).toBe('open')
  })
})

function namesOf(now: string, earlier?: string): Names {
  return createNames(readDataModel(schemaOf(now)), earlier === undefined ? undefined : readDataModel(schemaOf(earlier)), 'public')
}
