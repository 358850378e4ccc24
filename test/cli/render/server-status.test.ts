import pc from 'picocolors'
import { expect, test } from 'vitest'
import { renderServerStatus } from '../../../src/cli/render/server-status.ts'

const colors = pc.createColors(false)
const files = { dataDirectory: '/shop/.tide/postgres', log: '/shop/.tide/postgres.log' }

test('a running server is shown with its process and what it holds', () => {
  const held = {
    databases: [
      { name: 'dev', bytes: 7_643_663 },
      { name: 'qa', bytes: 120_000_000 },
    ],
    rehearsals: { count: 3, bytes: 24_000_000 },
    seeds: { count: 1, bytes: 9_500_000 },
  }
  expect(renderServerStatus({ running: true, port: 21571, pid: 42, ...files }, held, colors)).toEqual([
    'The embedded PostgreSQL runs on 127.0.0.1:21571 (process 42).',
    '  data        /shop/.tide/postgres',
    '  log         /shop/.tide/postgres.log',
    '  database    dev, 7.6 MB',
    '  database    qa, 120.0 MB',
    '  rehearsals  3 cached, 24.0 MB',
    '  seeds       1 cached, 9.5 MB',
  ])
})

test.each([
  [21571, 'The embedded PostgreSQL does not run.'],
  [undefined, 'There is no embedded PostgreSQL yet.'],
])('without a process, a server with the port %s is said to be what it is', (port, line) => {
  const server = { running: false, ...(port === undefined ? {} : { port }), ...files }
  expect(renderServerStatus(server, undefined, colors)[0]).toBe(line)
})
