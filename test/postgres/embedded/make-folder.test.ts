import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { explainingFileErrors } from '../../../src/postgres/embedded/explaining-file-errors.ts'
import { makeFolder } from '../../../src/postgres/embedded/make-folder.ts'
import { createFolder } from '../../support/files.ts'

it('makes all that is missing, and nothing where all is there', async () => {
  const path = join(createFolder(), 'a', 'b', 'c')
  await makeFolder(path)
  await makeFolder(path)
  expect(existsSync(path)).toBe(true)
})

it.runIf(existsSync('/proc/self'))('ends where a folder takes no folders', async () => {
  await expect(makeFolder('/proc/tide/data')).rejects.toMatchObject({ code: 'ENOENT' })
  const explained = explainingFileErrors('/proc/tide', () => makeFolder('/proc/tide/data'))
  await expect(explained).rejects.toMatchObject({ code: 'EMBEDDED_DIRECTORY' })
})
