import { Module } from 'node:module'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { handOver } from './hand-over.ts'

/**
 * What `scripts/fixes/tsconfig.json` has ts-node load before a script: ts-node cannot run files of a package that is
 * an ES module by itself, and a fix need not be run by it. So the script is handed over unread.
 */
const runMain = Module.runMain.bind(Module)

Module.runMain = (main?: string): void => {
  const script = process.argv[1]
  if (script !== undefined && isFix(script)) handOver(script)
  else runMain(main)
}

/** Anything else in that folder is run by ts-node as ever. */
function isFix(script: string): boolean {
  try {
    return /\bdefineFix\b/.test(readFileSync(script, 'utf8'))
  } catch {
    return false
  }
}
