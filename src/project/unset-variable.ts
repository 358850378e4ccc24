/**
 * Stands for a variable that a config file asked for and that is not set. Prisma's `env()` throws there; a file
 * that says more than a URL must be readable without it, so the name travels on to whoever needs the value.
 */
export function markUnset(variable: string): string {
  return `${mark}${encodeURIComponent(variable)};`
}

/** The variable whose absence made this value useless; `undefined` for every other value. */
export function unsetVariableIn(value: string): string | undefined {
  const name = new RegExp(`${mark}([^;]*);`).exec(value)?.[1]
  return name === undefined ? undefined : decodeURIComponent(name)
}

const mark = 'tide-unset-variable:'
