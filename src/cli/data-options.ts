import type { DataSettings } from '../apply/run-session.ts'
import type { Project } from '../project/open-project.ts'

/** How data steps are worked on. */
export const dataOptions = {
  workers: {
    flag: '--workers',
    kind: 'number',
    placeholder: 'N',
    description: 'sessions that work on a data step at the same time; 2 where nothing is said',
  },
  batchTime: {
    flag: '--batch-time',
    kind: 'number',
    placeholder: 'MS',
    description: 'how long a batch of a data step should take; its size is steered to it; 100 where nothing is said',
  },
} as const

interface DataInput {
  readonly workers: number | undefined
  readonly batchTime: number | undefined
}

/** What was given for them, or stands in the project's configuration. */
export function readDataOptions({ config }: Project, { workers, batchTime }: DataInput): DataSettings {
  const { workers: configuredWorkers, batchTime: configuredTime, brakes } = config.data ?? {}
  const chosenWorkers = workers ?? configuredWorkers
  const chosenTime = batchTime ?? configuredTime
  return {
    ...(chosenWorkers === undefined ? {} : { workers: Math.max(1, chosenWorkers) }),
    ...(chosenTime === undefined ? {} : { targetMs: Math.max(10, chosenTime) }),
    ...(brakes === undefined ? {} : { brakes }),
  }
}
