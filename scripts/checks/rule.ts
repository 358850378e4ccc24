/** A rule of the repository that no general tool knows. */
export interface Rule {
  /** As on the command line: `npm run check -- error-catalogue`. */
  readonly name: string
  /** What holds where the rule finds nothing. */
  readonly ensures: string
  /** One line for each place that breaks it; `root` is the repository, or a small one planted by a test. */
  readonly find: (root: string) => Promise<readonly string[]>
}
