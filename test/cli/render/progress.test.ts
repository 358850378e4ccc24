import { describe, expect, test } from 'vitest'
import { colorsFor } from '../../../src/cli/colors.ts'
import { createProgress, progressLine } from '../../../src/cli/render/progress.ts'
import { createMachine } from '../../support/cli-machine.ts'

const colors = colorsFor({}, {}, true)

describe('a line of progress', () => {
  test('has the stage alone where nothing can be counted', () => {
    expect(progressLine({ stage: 'starting the server' }, 0, 80, colors)).toBe('starting the server')
  })

  test('has count, rate, time left and what is at hand', () => {
    const event = { stage: 'applying', done: 50, total: 200, detail: '20250101_init' }
    expect(progressLine(event, 2000, 100, colors)).toBe(
      'applying  █████░░░░░░░░░░░░░░░  50/200  25/s  6 s left  20250101_init',
    )
  })

  test.each([
    [1, 2_000, 200, '0.5/s  6 min 38 s left'],
    [1, 100_000, 200, '0.0/s  5 h 31 min left'],
    [200, 2000, 200, '100/s'],
  ])('after %s in %s ms of %s says %s', (done, elapsed, total, pace) => {
    expect(progressLine({ stage: 's', done, total }, elapsed, 100, colors).endsWith(pace)).toBe(true)
  })

  test.each([20, 40, 60, 80])('fits a terminal of %s columns', (columns) => {
    const event = { stage: 'applying', done: 50, total: 200, detail: 'a'.repeat(200) }
    expect(progressLine(event, 2000, columns, colors).length).toBeLessThan(columns)
  })
})

describe('progress', () => {
  const run = (terminal: boolean, tick: number, count: number): string => {
    const { machine, stderr } = createMachine([], { terminal, tick })
    const progress = createProgress({ output: stderr, colors, now: machine.now, silent: false })
    for (let done = 1; done <= count; done++) progress.report({ stage: 'applying', done, total: count })
    progress.clear()
    return String(stderr.read())
  }

  test('is one line for each stage where there is no terminal', () => {
    expect(run(false, 1, 1000)).toBe('applying\n')
  })

  test('draws over itself on a terminal, and leaves nothing behind', () => {
    const drawn = run(true, 100, 3)
    expect(drawn.split('\r\u001b[2K').map((line) => line.replace(/ .*/, ''))).toEqual(['applying', 'applying', 'applying', ''])
  })

  test('is drawn rarely where steps are fast', () => {
    expect(run(true, 1, 1000).split('applying').length).toBeLessThan(20)
  })
})
