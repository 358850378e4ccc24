import { defineEnvironment } from './environments/environment.ts'
import { defineReference } from './reference/define-reference.ts'
import { defineGenerators } from './rules/define-generators.ts'
import { definePersonas } from './rules/define-personas.ts'
import { personaId } from './rules/persona-id.ts'

/** What the modules in `seed/` may import from `prisma-tide`: each gives its argument its types and returns it. */
export const seedDefinitions = { defineEnvironment, defineGenerators, definePersonas, defineReference, personaId }
