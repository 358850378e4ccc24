import type { TestProject } from 'vitest/node'

/** One PostgreSQL server for the whole run; each test makes its own databases on it. */
export default function setup(project: TestProject): void {
  project.provide('server', process.env['TIDE_TEST_SERVER'] ?? 'postgresql://postgres:x@127.0.0.1:54999/postgres')
}
