import { usageWrong } from './errors.ts'

const hours: Readonly<Record<string, number>> = { h: 1, d: 24, w: 24 * 7 }

/**
 * The moment that lies as far back as `12h`, `30d` or `8w` says.
 * @throws CLI_USAGE
 */
export function readAge(text: string, now: Date): Date {
  const [, count = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(text.trim()) ?? []
  const factor = hours[unit]
  if (factor === undefined) throw usageWrong(`"${text}" is no age.`, 'Write hours, days or weeks: 12h, 30d, 8w.')
  return new Date(now.getTime() - Number(count) * factor * 3_600_000)
}
