import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a field moves from one enum to another that stays in use elsewhere',
  before: `
enum Color {
  RED
  GREEN
}

enum Light {
  RED
  GREEN
  OFF
}

model Lamp {
  id    Int   @id @default(autoincrement())
  shade Color
  state Light @default(OFF)
  color Color @default(RED)
}
`,
  rows: `INSERT INTO "Lamp" (shade, color) VALUES ('GREEN', 'GREEN'), ('RED', 'RED')`,
  after: `
enum Color {
  RED
  GREEN
}

enum Light {
  RED
  GREEN
  OFF
}

model Lamp {
  id    Int   @id @default(autoincrement())
  shade Color
  state Light @default(OFF)
  color Light @default(RED)
}
`,
  questions: ['cast Lamp.color'],
  answers: { cast: { 'Lamp.color': '"color"::text::"Light"' } },
  expect: [
    { query: 'SELECT id, shade, state, color FROM "Lamp" ORDER BY id', rows: ['1|GREEN|OFF|GREEN', '2|RED|OFF|RED'] },
  ],
  back: 'exact',
  afterDown: [{ query: 'SELECT id, color FROM "Lamp" ORDER BY id', rows: ['1|GREEN', '2|RED'] }],
})
