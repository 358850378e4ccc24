import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

// From vitest's JSON: each failed test, and each that passed only at its second attempt, with the beginning of its
// message, where a reader of the end of a long log sees it; then one line: "812 passed, 0 failed (3 skipped)". A file
// that did not even load counts as one failure.
const [, , file] = process.argv
const { testResults = [] } = read(file)
const count = { passed: 0, failed: 0, skipped: 0 }
const told = []
for (const { name, status, message, assertionResults } of testResults) {
  const before = count.failed
  for (const { status: one, fullName, failureMessages } of assertionResults) {
    const place = `${relative(process.cwd(), name)} > ${fullName}`
    if (one === 'passed') count.passed++
    else if (one === 'failed') count.failed++
    else count.skipped++
    if (failureMessages.length === 0) continue
    const what = one === 'passed' ? 'passed only at the second attempt' : 'failed'
    told.push({ what, place, message: failureMessages.join('\n') })
  }
  if (status === 'failed' && count.failed === before) {
    count.failed++
    told.push({ what: 'failed', place: relative(process.cwd(), name), message })
  }
}
if (testResults.length === 0) count.failed++
for (const { what, place, message } of told) console.log(`${what}: ${place}\n${beginning(message)}\n`)
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
