import { codeGenerators } from './families/codes.ts'
import { identityGenerators } from './families/identities.ts'
import { jsonGenerators } from './families/json.ts'
import { moneyGenerators } from './families/money.ts'
import { networkGenerators } from './families/network.ts'
import { numberGenerators } from './families/numbers.ts'
import { peopleGenerators } from './families/people.ts'
import { phoneGenerators } from './families/phones.ts'
import { placeGenerators } from './families/places.ts'
import { secretGenerators } from './families/secrets.ts'
import { stateGenerators } from './families/states.ts'
import { timeGenerators } from './families/times.ts'
import { wordGenerators } from './families/words.ts'
import type { GeneratorFamily } from './make.ts'

/** All generators that the classifier names; a test compares the list with the folder `families`. */
export const semanticGenerators: GeneratorFamily = {
  ...codeGenerators,
  ...identityGenerators,
  ...jsonGenerators,
  ...moneyGenerators,
  ...networkGenerators,
  ...numberGenerators,
  ...peopleGenerators,
  ...phoneGenerators,
  ...placeGenerators,
  ...secretGenerators,
  ...stateGenerators,
  ...timeGenerators,
  ...wordGenerators,
}
