import { defineCommandGroup } from '../command.ts'
import { classify } from '../fixtures/classify.ts'

export const command = defineCommandGroup({
  name: 'fixtures',
  summary: 'data sets made from a real database, masked: classify',
  description:
    'A fixture is a data set as files: masked rows of a real database. Nothing is taken from it before a person has said what its columns hold.',
  commands: [classify],
})
