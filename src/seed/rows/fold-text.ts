/**
 * A text that stays distinct where only its lower case is compared: as it is where it is in lower case already, else
 * with the number of its place in place of its end.
 */
export function foldText(text: string, place: number, maxLength = Infinity): string {
  const lower = text.toLowerCase()
  if (lower === text) return text
  const mark = `-${place.toString(36)}`
  return `${lower.slice(0, Math.max(0, Math.min(lower.length, maxLength - mark.length)))}${mark}`.slice(-maxLength)
}
