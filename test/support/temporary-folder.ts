import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where servers of tests keep their data: a disk in memory where there is a large one, for they make many files. */
export async function fastestTemporaryFolder(): Promise<string> {
  const memory = '/dev/shm'
  try {
    const { bavail, bsize } = await statfs(memory)
    if (bavail * bsize < 4_000_000_000) return tmpdir()
    await rm(await mkdtemp(join(memory, 'tide-test-')), { recursive: true })
    return memory
  } catch {
    return tmpdir()
  }
}
