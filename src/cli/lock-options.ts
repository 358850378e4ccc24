import type { ApplyOptions } from '../apply/run-session.ts'
import type { Project } from '../project/open-project.ts'
import { lockTimeoutOf } from './workspace.ts'

/** How `up` and `down` behave towards others who use the database. */
export const lockOptions = {
  lockTimeout: {
    flag: '--lock-timeout',
    kind: 'number',
    placeholder: 'MS',
    description: 'how long a statement waits for a lock before it makes way and tries again; 200 where nothing is said',
  },
  lockBudget: {
    flag: '--lock-budget',
    kind: 'number',
    placeholder: 'S',
    default: 60,
    description: 'how many seconds the locks of one commit group are tried for in all',
  },
  wait: {
    flag: '--wait',
    kind: 'number',
    placeholder: 'S',
    default: 10,
    description: 'how many seconds to wait for another run to end',
  },
} as const

interface LockInput {
  readonly lockTimeout: number | undefined
  readonly lockBudget: number
  readonly wait: number
}

type LockSettings = Pick<ApplyOptions, 'lockTimeoutMs' | 'lockBudgetMs' | 'runLockTimeoutMs'>

/** What was given for them, or stands in the project's configuration, as the library takes it. */
export function readLockOptions(project: Project, { lockTimeout, lockBudget, wait }: LockInput): LockSettings {
  return { ...lockTimeoutOf(project, lockTimeout), lockBudgetMs: lockBudget * 1000, runLockTimeoutMs: wait * 1000 }
}
