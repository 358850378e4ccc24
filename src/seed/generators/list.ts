import { stateGenerators } from './families/states.ts'
import type { GeneratorFamily } from './make.ts'

/** All generators that the classifier names; a test compares the list with the folder `families`. */
export const semanticGenerators: GeneratorFamily = {
  ...stateGenerators,
}
