import { defineEnvironment } from 'prisma-tide'

/** Reference data; Tide refuses anything else. */
export const environment = defineEnvironment({ reference: ['Country', 'Currency', 'Plan'] })
