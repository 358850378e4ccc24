import type { Colors } from '../colors.ts'
import type { ProgressEvent } from '../context.ts'
import type { Output } from '../machine.ts'

/** Draws what long work reports: a bar on a terminal, one line for each stage elsewhere. */
export interface Progress {
  report(event: ProgressEvent): void
  /** Takes the bar off the screen, before anything else is written. */
  clear(): void
}

interface ProgressOptions {
  readonly output: Output
  readonly colors: Colors
  readonly now: () => Date
  readonly silent: boolean
}

const redrawMs = 80

/** Progress on one stream. Draws at most every 80 ms: a stage of a thousand fast steps must not wait for its bar. */
export function createProgress({ output, colors, now, silent }: ProgressOptions): Progress {
  let stage: string | undefined
  let startedAt = 0
  let drawnAt = 0
  let isDrawn = false

  const clear = (): void => {
    if (isDrawn) output.write('\r\u001b[2K')
    isDrawn = false
  }
  const report = (event: ProgressEvent): void => {
    if (silent) return
    const at = now().getTime()
    const isNew = event.stage !== stage
    if (isNew) {
      stage = event.stage
      startedAt = at
    }
    if (output.isTTY !== true) {
      if (isNew) output.write(`${event.stage}\n`)
      return
    }
    if (!isNew && at - drawnAt < redrawMs && event.done !== event.total) return
    clear()
    output.write(progressLine(event, at - startedAt, output.columns ?? 80, colors))
    isDrawn = true
    drawnAt = at
  }
  return { report, clear }
}

/** One line, shorter than the terminal: stage, bar, count, rate and time left, then what is at hand. */
export function progressLine(event: ProgressEvent, elapsedMs: number, columns: number, colors: Colors): string {
  const { stage, done, total, detail } = event
  const parts =
    done === undefined || total === undefined || total === 0
      ? [stage]
      : [stage, bar(done / total), `${String(done)}/${String(total)}`, ...pace(done, total, elapsedMs)]
  const line = parts.join('  ')
  const room = columns - line.length - 3
  if (detail === undefined || room < 8) return line.slice(0, columns - 1)
  return `${line}  ${colors.dim(detail.length > room ? `${detail.slice(0, room - 1)}…` : detail)}`
}

function bar(share: number): string {
  const width = 20
  const full = Math.round(Math.min(1, Math.max(0, share)) * width)
  return '█'.repeat(full) + '░'.repeat(width - full)
}

/** Nothing in the first half second, where a rate says nothing. */
function pace(done: number, total: number, elapsedMs: number): readonly string[] {
  if (elapsedMs < 500 || done === 0) return []
  const perSecond = done / (elapsedMs / 1000)
  const rate = perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toFixed(1)
  return done >= total ? [`${rate}/s`] : [`${rate}/s`, `${duration((total - done) / perSecond)} left`]
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${String(whole)} s`
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`
  return `${String(Math.floor(whole / 3600))} h ${String(Math.floor((whole % 3600) / 60))} min`
}
