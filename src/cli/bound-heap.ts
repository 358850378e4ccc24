import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the heap of a command that makes rows by the million at the size that it has after some ten thousand: V8
 * collects once what is dead comes to half of what lives. By itself it waits for three or four times as much, so
 * that the peak of memory would depend on how long a run goes on, although nothing is held.
 */
export function boundHeap(): void {
  setFlagsFromString('--heap-growing-percent=50')
}
