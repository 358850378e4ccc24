export { DatabaseUrl, parseDatabaseUrl, revealUrl } from './postgres/database-url.ts'
export { Failure, isFailure } from './errors/failure.ts'
export { Bug } from './errors/bug.ts'
