import { describe, expect, it } from 'vitest'
import { carryOut, planEdit } from '../../support/schema-edit.ts'

const joined = (other: string, relation = '', head = ''): string =>
  `${head}model Post {\n  id Int @id\n  others ${other}[] ${relation}\n}\nmodel ${other} {\n  id Int @id\n  posts Post[] ${relation}\n}\n`
const rows = (join: string): string => `INSERT INTO "Post" VALUES (1); INSERT INTO "Tag" VALUES (7); INSERT INTO "${join}" VALUES (1, 7)`
const rename = { Tag: 'Label' }

describe('the table of an implicit many-to-many relation', () => {
  it('follows a renamed model without a question', async () => {
    const plan = await planEdit({ before: joined('Tag'), after: joined('Topic') })
    expect(plan.questions.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['rename Tag'])
    const { connection, left } = await carryOut({
      before: joined('Tag'),
      after: joined('Topic'),
      answers: { rename: { Tag: 'Topic' } },
      rows: rows('_PostToTag'),
    })
    expect((await connection.query('SELECT * FROM "_PostToTopic"')).rows).toEqual([{ A: 1, B: 7 }])
    expect(left).toBe('')
  })

  it.each([
    ['its own name', '', '_PostToTag', '_LabelToPost'],
    ['the name of its relation', '@relation("labels")', '_labels', '_labels'],
  ])('changes the places of its columns with the order of the models: %s', async (_, relation, before, after) => {
    const edit = { before: joined('Tag', relation), after: joined('Label', relation), answers: { rename } }
    const { connection, left } = await carryOut({ ...edit, rows: rows(before) })
    expect((await connection.query(`SELECT "A" AS label, "B" AS post FROM "${after}"`)).rows).toEqual(
      after === before ? [{ label: 7, post: 1 }] : [{ label: 7, post: 1 }],
    )
    expect(left).toBe('')
  })

  it('does so without knowing the schema as it was, and where there are no foreign keys', async () => {
    const head = 'datasource db {\n  provider = "postgresql"\n  relationMode = "prisma"\n}\n'
    const unknown = { before: joined('Tag'), after: joined('Label'), answers: { rename }, isPreviousUnknown: true }
    const keyless = { before: joined('Tag', '', head), after: joined('Label', '', head), answers: { rename } }
    for (const edit of [unknown, keyless]) {
      const { connection, left } = await carryOut({ ...edit, rows: rows('_PostToTag') })
      expect((await connection.query('SELECT * FROM "_LabelToPost"')).rows).toEqual([{ A: 7, B: 1 }])
      expect(left).toBe('')
    }
  })

  it('follows a model whose table keeps its name', async () => {
    const after = joined('Label').replace('posts Post[]', 'posts Post[]\n  @@map("Tag")')
    const { connection, left } = await carryOut({ before: joined('Tag'), after, rows: rows('_PostToTag') })
    expect((await connection.query('SELECT * FROM "_LabelToPost"')).rows).toEqual([{ A: 7, B: 1 }])
    expect(left).toBe('')
  })

  it('is asked about where the relation has another name', async () => {
    const edit = { before: joined('Tag', '@relation("old")'), after: joined('Tag', '@relation("new")') }
    const { questions } = await planEdit(edit)
    expect(questions).toMatchObject([
      { kind: 'rename', subject: '_old', candidates: [{ kind: 'rename', answer: '_new' }, { kind: 'delete' }] },
    ])
    const { connection } = await carryOut({ ...edit, answers: { rename: { _old: '_new' } }, rows: rows('_old') })
    expect((await connection.query('SELECT * FROM "_new"')).rows).toEqual([{ A: 1, B: 7 }])
    const deleted = await carryOut({ ...edit, answers: { delete: ['_old'] }, rows: rows('_old') })
    expect((await deleted.connection.query('SELECT * FROM "_new"')).rows).toEqual([])
  })

  it('goes with a model that is deleted, and is asked about where only the relation goes', async () => {
    const post = 'model Post {\n  id Int @id\n}\n'
    const model = await planEdit({ before: joined('Tag'), after: post })
    expect(model.questions.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['delete Tag'])
    const { left } = await carryOut({ before: joined('Tag'), after: post, answers: { delete: ['Tag'] }, rows: rows('_PostToTag') })
    expect(left).toBe('')
    const relation = await planEdit({ before: joined('Tag'), after: `${post}model Tag {\n  id Int @id\n}\n` })
    expect(relation.questions).toMatchObject([
      { kind: 'delete', subject: '_PostToTag', message: expect.stringContaining('relation of Post and Tag') as string },
    ])
  })

  it('moves to another schema with its model', async () => {
    const head = 'datasource db {\n  provider = "postgresql"\n  schemas = ["public", "blog"]\n}\n'
    const inSchemas = (post: string, tag: string): string =>
      `${head}model Post {\n  id Int @id\n  tags Tag[]\n  @@schema("${post}")\n}\nmodel Tag {\n  id Int @id\n  posts Post[]\n  @@schema("${tag}")\n}\n`
    const { connection, left } = await carryOut({
      before: inSchemas('public', 'public'),
      after: inSchemas('blog', 'public'),
      answers: { rename: { Post: 'Post' } },
      rows: rows('_PostToTag'),
    })
    expect((await connection.query('SELECT * FROM blog."_PostToTag"')).rows).toEqual([{ A: 1, B: 7 }])
    expect(left).toBe('')
  })
})

describe('a model related to itself', () => {
  const user = (a: string, b: string): string =>
    `model User {\n  id Int @id\n  ${a} User[] @relation("f")\n  ${b} User[] @relation("f")\n}\n`
  const rows = 'INSERT INTO "User" VALUES (1), (2); INSERT INTO "_f" VALUES (1, 2)'

  it('keeps the direction of its rows where a field gets a name that comes after the other', async () => {
    const { connection, left } = await carryOut({ before: user('children', 'parents'), after: user('subs', 'parents'), rows })
    expect((await connection.query('SELECT * FROM "_f"')).rows).toEqual([{ A: 2, B: 1 }])
    expect(left).toBe('')
  })

  it('changes nothing where the order of the fields stays', async () => {
    expect((await planEdit({ before: user('children', 'parents'), after: user('kids', 'parents') })).sql).toBe('')
    const { connection } = await carryOut({
      before: user('children', 'parents'),
      after: user('children', 'parents').replaceAll('User', 'Person'),
      answers: { rename: { User: 'Person' } },
      rows,
    })
    expect((await connection.query('SELECT * FROM "_f"')).rows).toEqual([{ A: 1, B: 2 }])
  })
})
