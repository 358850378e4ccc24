import { defineCommandGroup } from '../command.ts'
import { build } from '../fixtures/build.ts'
import { classify } from '../fixtures/classify.ts'
import { inspect } from '../fixtures/inspect.ts'
import { list } from '../fixtures/list.ts'
import { load } from '../fixtures/load.ts'
import { upgrade } from '../fixtures/upgrade.ts'

export const command = defineCommandGroup({
  name: 'fixtures',
  summary: 'data sets made from a real database, masked: classify, build, load, list, inspect, upgrade',
  description:
    'A fixture is a data set as files: masked rows of a real database. Nothing is taken from it before a person has said what its columns hold.',
  commands: [classify, build, load, list, inspect, upgrade],
})
