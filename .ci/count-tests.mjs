import { readFileSync } from 'node:fs'

// One line from vitest's JSON: "812 passed, 0 failed (3 skipped)". A file that did not even load counts as one failure.
const [, , file] = process.argv
const { testResults = [] } = read(file)
const count = { passed: 0, failed: 0, skipped: 0 }
for (const { status, assertionResults } of testResults) {
  const before = count.failed
  for (const { status: one } of assertionResults) {
    if (one === 'passed') count.passed++
    else if (one === 'failed') count.failed++
    else count.skipped++
  }
  if (status === 'failed' && count.failed === before) count.failed++
}
if (testResults.length === 0) count.failed++
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped === 0 ? '' : ` (${count.skipped} skipped)`}`)

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}
