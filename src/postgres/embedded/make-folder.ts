import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from './machine.ts'

/**
 * Makes a folder, and those above it that are missing. Node.js's own way goes round in circles for ever where the
 * folder above is there but takes no folders and says ENOENT, as `/proc` does.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await makeOne(path)
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}
