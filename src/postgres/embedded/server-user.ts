import { readFileSync, statSync } from 'node:fs'
import { noServerUser } from './errors.ts'
import { ownUser, type SystemUser } from './machine.ts'

/**
 * Whom to run PostgreSQL as: undefined means as the user of this command. PostgreSQL refuses root, so root runs it
 * as the owner of the data folder, else as the system's `postgres`, else as `nobody`. No user is ever created.
 * @throws EMBEDDED_NO_USER
 */
export function chooseServerUser(data: string, passwd = readPasswd()): SystemUser | undefined {
  if (ownUser()?.uid !== 0) return undefined
  const owner = statSync(data, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const user = findUser(passwd, 'postgres') ?? findUser(passwd, 'nobody')
  if (user === undefined) throw noServerUser('The system has neither a user "postgres" nor a user "nobody".')
  return user
}

function findUser(passwd: string, name: string): SystemUser | undefined {
  const fields = passwd.split('\n').find((line) => line.startsWith(`${name}:`))?.split(':')
  // macOS gives `nobody` the number -2, which as a user number is 2^32 - 2.
  const [uid, gid] = [Number(fields?.[2]) >>> 0, Number(fields?.[3]) >>> 0]
  return fields === undefined || uid === 0 ? undefined : { uid, gid }
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8')
  } catch {
    return ''
  }
}
