import { defineFailure } from '../../errors/failure.ts'

/** The role of the rehearsal server may not create databases. */
export const rehearsalNoPermission = defineFailure('REHEARSAL_NO_PERMISSION', (role: string, server: string) => ({
  message: `The role "${role}" may not create databases on ${server}, where rehearsals are made.`,
  fix: `Allow it (ALTER ROLE "${role}" CREATEDB), or set \`rehearsal.url\` in tide.config.ts to another server, `
    + 'or leave it out: Tide then rehearses on its embedded PostgreSQL.',
}))

/** No room on the rehearsal server. */
export const rehearsalDiskFull = defineFailure('REHEARSAL_DISK_FULL', (server: string) => ({
  message: `There is no room left on the disk of ${server}, where rehearsals are made.`,
  fix: 'Free some space there and run the command again; `tide db reset` gives back all that the embedded server uses.',
}))

/** The template to clone is gone. */
export const rehearsalTemplateMissing = defineFailure('REHEARSAL_TEMPLATE_MISSING', (template: string) => ({
  message: `The rehearsal template ${template} disappeared before it could be cloned.`,
  why: 'Another command removed it, or somebody dropped the database.',
  fix: 'Run the command again: the template is made anew.',
}))

/** Sessions of others keep a database of the rehearsals busy. */
export const rehearsalInUse = defineFailure('REHEARSAL_IN_USE', (database: string, reason: string) => ({
  message: `The database "${database}", which a rehearsal needs for itself, is used by another session.`,
  why: reason,
  fix: 'Close the sessions that are connected to it (psql, a database tool, a monitor) and run the command again.',
}))

/** Anything else that the rehearsal server refuses. */
export const rehearsalRefused = defineFailure('REHEARSAL_REFUSED', (server: string, state: string, reason: string) => ({
  message: `The server ${server} refused to set up a rehearsal.`,
  why: `${reason} (SQLSTATE ${state})`,
  fix: 'Act on what the server says, or set `rehearsal.url` in tide.config.ts to another server.',
}))
