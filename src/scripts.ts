export { defineData, type Batch, type DataContext, type DataStep, type NoWayBack, type RecordedUndo } from './data/define-data.ts'
