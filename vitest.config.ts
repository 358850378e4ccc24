import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Against a test that hangs, not a measure of speed: a machine may be busy or slow.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // One more than the two processors of the smallest machine, which stay busy while one of the workers waits: for a
    // lock, a pause or a process that is starting.
    maxWorkers: 3,
    // Modules, the schema engine and the compilers are loaded once by each worker, not by each file: no file changes
    // what another one sees, as the modules keep nothing but what they have computed.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
})
