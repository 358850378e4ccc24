import type { EmbeddedDatabases } from '../../postgres/embedded/list-databases.ts'
import type { EmbeddedServerStatus } from '../../postgres/embedded/server-status.ts'
import type { Colors } from '../colors.ts'

/** `tide db status`: one line that says it all, then the details in aligned columns. */
export function renderServerStatus(
  server: Omit<EmbeddedServerStatus, 'url'>,
  held: EmbeddedDatabases | undefined,
  colors: Colors,
): readonly string[] {
  const details = [['data', server.dataDirectory], ['log', server.log], ...heldRows(held)] as const
  return [headline(server, colors), ...details.map(([name = '', value = '']) => `  ${colors.dim(name.padEnd(10))}  ${value}`)]
}

function headline({ running, port, pid }: Omit<EmbeddedServerStatus, 'url'>, colors: Colors): string {
  if (running) return `The embedded PostgreSQL ${colors.green('runs')} on 127.0.0.1:${String(port)} (process ${String(pid)}).`
  return port === undefined ? 'There is no embedded PostgreSQL yet.' : 'The embedded PostgreSQL does not run.'
}

function heldRows(held: EmbeddedDatabases | undefined): readonly (readonly [string, string])[] {
  if (held === undefined) return []
  const { databases, rehearsals, seeds } = held
  return [
    ...databases.map(({ name, bytes }): readonly [string, string] => ['database', `${name}, ${megabytes(bytes)}`]),
    ['rehearsals', `${String(rehearsals.count)} cached, ${megabytes(rehearsals.bytes)}`],
    ['seeds', `${String(seeds.count)} cached, ${megabytes(seeds.bytes)}`],
  ]
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
