import { defineEnvironment } from './environments/environment.ts'
import { defineReference } from './reference/define-reference.ts'

/** What the modules in `seed/` may import from `prisma-tide`: each gives its argument its types and returns it. */
export const seedDefinitions = { defineEnvironment, defineReference }
