import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

// From vitest's JSON: each failed test with the beginning of its message, where a reader of the end of a long log sees
// it; then one line: "812 passed, 0 failed (3 skipped)". A file that did not even load counts as one failure.
const [, , file] = process.argv
const { testResults = [] } = read(file)
const count = { passed: 0, failed: 0, skipped: 0 }
const failures = []
for (const { name, status, message, assertionResults } of testResults) {
  const before = count.failed
  for (const { status: one, fullName, failureMessages } of assertionResults) {
    if (one === 'passed') count.passed++
    else if (one !== 'failed') count.skipped++
    else {
      count.failed++
      failures.push({ place: `${relative(process.cwd(), name)} > ${fullName}`, message: failureMessages.join('\n') })
    }
  }
  if (status === 'failed' && count.failed === before) {
    count.failed++
    failures.push({ place: relative(process.cwd(), name), message })
  }
}
if (testResults.length === 0) count.failed++
for (const { place, message } of failures) console.log(`failed: ${place}\n${beginning(message)}\n`)
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped === 0 ? '' : ` (${count.skipped} skipped)`}`)

function beginning(message = '') {
  return message.split('\n').slice(0, 25).map((line) => `    ${line}`).join('\n')
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}
