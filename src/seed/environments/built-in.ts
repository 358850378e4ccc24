import type { EnvironmentContract } from './environment.ts'

type BuiltInContract = Required<Omit<EnvironmentContract, 'fixture'>>

/** What an environment gets where no file says it; a file's keys lie over these. */
export const builtInContracts: Readonly<Record<string, BuiltInContract>> = {
  dev: {
    reference: true,
    data: 'synthetic',
    rows: 20,
    models: {},
    edges: 0,
    locale: 'en',
    seed: 'dev',
    clock: 'rolling',
    truncate: true,
    personas: true,
  },
  ci: {
    reference: true,
    data: 'synthetic',
    rows: 'covering',
    models: {},
    edges: 0,
    locale: 'en',
    seed: 'ci',
    clock: '2026-01-01T00:00:00Z',
    truncate: true,
    personas: true,
  },
  qa: {
    reference: true,
    data: 'synthetic',
    rows: 200,
    models: {},
    edges: 0.2,
    locale: 'en',
    seed: 'qa',
    clock: '2026-01-01T00:00:00Z',
    truncate: true,
    personas: true,
  },
  staging: {
    reference: true,
    data: 'synthetic',
    rows: 10_000,
    models: {},
    edges: 0,
    locale: 'en',
    seed: 'staging',
    clock: 'rolling',
    truncate: false,
    personas: true,
  },
  production: {
    reference: true,
    data: 'synthetic',
    rows: 0,
    models: {},
    edges: 0,
    locale: 'en',
    seed: 'production',
    clock: 'rolling',
    truncate: false,
    personas: false,
  },
}

/** What an environment of the user's own gets besides what its file says. */
export const plainContract: BuiltInContract = {
  reference: true,
  data: 'synthetic',
  rows: 0,
  models: {},
  edges: 0,
  locale: 'en',
  seed: 'tide',
  clock: 'rolling',
  truncate: false,
  personas: false,
}
