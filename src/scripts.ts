export { defineData, type Batch, type DataContext, type DataStep, type NoWayBack } from './data/define-data.ts'
export { defineFix, type FixDefinition, type FixRun, type FixTransaction } from './fix/define-fix.ts'
