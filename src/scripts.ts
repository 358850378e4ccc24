export { defineData, type Batch, type DataContext, type DataStep, type NoWayBack, type RecordedUndo } from './data/define-data.ts'
export { defineFix, type FixDefinition, type FixRun, type FixTransaction, type PrismaClientOf } from './fix/define-fix.ts'
