// @ts-check
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** The files that read or write files, besides src/cli/: everything else gets texts handed in. */
const filePorts = [
  'src/author/migration-folder.ts',
  'src/author/missing-rollback.ts',
  'src/author/adopt/write-new-file.ts',
  'src/author/init/scaffold.ts',
  'src/postgres/embedded/**',
  'src/prisma/engine-instance.ts',
  'src/prisma/generate-client.ts',
  'src/project/**',
  'src/fix/run-directly.ts',
  'src/fix/hand-over.ts',
  'src/fix/by-ts-node.ts',
  'src/fix/script-files.ts',
  'src/fix/ts-node-options.ts',
  'src/history/read-history.ts',
  'src/proof/record/proof-files.ts',
  'src/seed/seed-files.ts',
  'src/mask/classification/read-classification.ts',
  'src/mask/classification/write-classification.ts',
  'src/seed/kept/tide-version.ts',
  'src/seed/kept/trace-modules.ts',
  'src/seed/deliver/files/**',
  'src/mask/fixtures/files/**',
]

const throwsPlainError = {
  selector: 'ThrowStatement > NewExpression[callee.name=/^(Error|TypeError|RangeError|SyntaxError)$/]',
  message: 'Throw a failure made by defineFailure in errors.ts of the area, or a Bug.',
}
const defaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }
const clock = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
  message: 'The clock is handed in: context.now().',
}
const stringImport = {
  selector: 'ImportDeclaration[source.value=/^\\.{1,2}\\u002F.*(?<!\\.ts|\\.json)$/]',
  message: 'Import a module by its file name, with .ts.',
}

const noClockOrChance = [
  { object: 'Date', property: 'now', message: 'The clock is handed in: context.now().' },
  { object: 'Math', property: 'random', message: 'Chance is handed in, or comes from node:crypto where it must not be guessed.' },
]

const noProcess = { name: 'process', message: 'Only src/cli/main.ts touches the process; take what you need as a parameter.' }

export default defineConfig(
  { ignores: ['dist/**', '.tide/**', 'coverage/**', 'bench/**', 'scripts/demo/out/**', '**/generated/**', '**/*.d.ts'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-restricted-syntax': ['error', throwsPlainError, defaultExport, clock, stringImport],
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
      'max-len': ['error', { code: 120, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
      semi: ['error', 'never', { beforeStatementContinuationChars: 'always' }],
      quotes: ['error', 'single', { avoidEscape: true, allowTemplateLiterals: true }],
      'eol-last': 'error',
      'no-trailing-spaces': 'error',
      eqeqeq: 'error',
      // `${3}` is as clear as `${String(3)}`.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `const { stale, ...rest } = value` leaves a property out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      // Code points are meant where a text is spread; a DatabaseUrl is spread to make its like.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string', 'DatabaseUrl'] }],
      // Behaviour is closures (createX()), not classes: a method taken alone has lost nothing.
      '@typescript-eslint/unbound-method': 'off',
      // Functions of one signature among others that do wait.
      '@typescript-eslint/require-await': 'off',
      // The house style names things at their first use, exported thing first.
      '@typescript-eslint/no-use-before-define': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', noProcess],
      'no-restricted-properties': ['error', ...noClockOrChance],
      'no-restricted-imports': ['error', { patterns: [{ regex: '^(node:)?fs(/promises)?$', message: 'Files are read in the ports named in eslint.config.js.' }, { regex: '^(node:)?process$', message: noProcess.message }] }],
    },
  },
  { files: ['src/cli/**', ...filePorts], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/cli/main.ts'], rules: { 'no-restricted-globals': 'off', 'no-restricted-syntax': ['error', throwsPlainError, defaultExport, stringImport] } },
  // The `process` of a thread is the thread's own.
  { files: ['src/prisma/engine-worker.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts', 'seed/**/*.ts', 'prisma/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-restricted-syntax': ['error', defaultExport, stringImport],
    },
  },
  // A data step is what its file exports by default.
  { files: ['prisma/migrations/*/data.ts'], rules: { 'no-restricted-syntax': ['error', stringImport] } },
  // Programs that a person runs: their output is the console.
  { files: ['scripts/**/*.ts', '.ci/*.mjs'], rules: { 'no-console': 'off' } },
  // Read by tools that want a default export.
  { files: ['*.config.{js,ts}', 'test/support/global-setup.ts', '.dependency-cruiser.js'], rules: { 'no-restricted-syntax': ['error', throwsPlainError] } },
  { files: ['**/*.{js,mjs}'], extends: [tseslint.configs.disableTypeChecked] },
)
