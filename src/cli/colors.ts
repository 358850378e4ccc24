import pc from 'picocolors'

/** Functions that colour a text, or leave it alone. */
export type Colors = ReturnType<typeof pc.createColors>

/**
 * Colours for one stream: `--no-color`, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal.
 * @see https://no-color.org
 */
export function colorsFor(
  stream: { readonly isTTY?: boolean },
  variables: Readonly<Record<string, string | undefined>>,
  refused: boolean,
): Colors {
  return pc.createColors(!refused && wantsColors(stream, variables))
}

function wantsColors(
  stream: { readonly isTTY?: boolean },
  variables: Readonly<Record<string, string | undefined>>,
): boolean {
  if (isSet(variables['NO_COLOR'])) return false
  if (isSet(variables['FORCE_COLOR'])) return variables['FORCE_COLOR'] !== '0'
  return stream.isTTY === true && variables['TERM'] !== 'dumb'
}

function isSet(variable: string | undefined): variable is string {
  return variable !== undefined && variable !== ''
}
