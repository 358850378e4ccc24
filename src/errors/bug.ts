/** A mistake in Tide itself (exit code 1): printed with its stack and a request to report it. */
export class Bug extends Error {
  override readonly name = 'Bug'
}

/** Closes a `switch` over a union: a new member that nobody handles does not compile. */
export function assertNever(value: never): never {
  throw new Bug(`Unexpected value: ${JSON.stringify(value)}`)
}
