export { defineData, type Batch, type DataContext, type DataStep, type NoWayBack } from './data/define-data.ts'
