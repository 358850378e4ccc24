import { hash } from 'node:crypto'

/** Prisma's checksum: SHA-256 of the raw bytes of a migration.sql, in hex. */
export function checksumOf(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex')
}

/**
 * Whether a ledger's checksum belongs to this script, judged as Prisma judges it: a file whose line ends git turned
 * round is the same file, and a checksum of an old engine lacks the leading zero of each byte.
 */
export function matchesChecksum(
  migration: { readonly sql: string; readonly checksum: string },
  stored: string,
): boolean {
  const matches = (checksum: string): boolean =>
    stored.length === 64 ? checksum === stored : checksum.replaceAll(/0(.)|(..)/g, '$1$2') === stored
  if (matches(migration.checksum)) return true
  const withoutReturns = migration.sql.replaceAll('\r\n', '\n')
  return matches(checksumOf(withoutReturns)) || matches(checksumOf(withoutReturns.replaceAll('\n', '\r\n')))
}
