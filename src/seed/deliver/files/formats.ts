/** How rows are written. */
export const fileFormats = ['copy', 'sql', 'csv', 'ndjson'] as const

/** `copy`: the text format of COPY. `sql`: INSERT statements. `ndjson`: one object for each row. */
export type FileFormat = (typeof fileFormats)[number]
