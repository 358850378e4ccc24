import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { handOver } from './hand-over.ts'

/**
 * Where a script was started by itself (`npx tsx scripts/fixes/x.ts --apply`), hands it over to `tide fix run`: the
 * same flags, the same checks. Elsewhere, as in that very command, nothing happens.
 */
export function runDirectly(): void {
  const main = process.argv[1]
  if (main !== undefined && isCaller(main)) handOver(main)
}

/** True where the file that was started calls `defineFix`: not one that it imports. */
function isCaller(main: string): boolean {
  const frames = (new Error().stack ?? '').split('\n').slice(1)
  const caller = frames.find((frame) => !frame.includes('runDirectly') && !frame.includes('isCaller') && !frame.includes('defineFix'))
  return caller !== undefined && (caller.includes(`${main}:`) || caller.includes(`${pathToFileURL(main).href}:`) || caller.includes(`${pathToFileURL(main).href}?`))
}
