import { cpus, release, totalmem, type } from 'node:os'

/** What the figures were measured on, in one line. */
export function machine(): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${cpu?.model.trim() ?? 'an unknown processor'}, ${cpus().length} cores, ${memory} GB, ${type()} ${release()}, Node.js ${process.versions.node}`
}
