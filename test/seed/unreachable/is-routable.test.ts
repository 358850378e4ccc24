import { expect, test } from 'vitest'
import { isRoutable } from '../../../src/seed/unreachable/is-routable.ts'

test.each([
  'anna.meyer417@example.com', 'a@b.test', 'https://amber-river.example/path', 'http://localhost:3000/x', '192.0.2.7', '10.1.2.3',
  '2001:db8::1', 'fe80::1', '+13105550139', '+447700900123', '+999123456789', '555-0123', '(310) 555-0139', '12:34:56', '1.2.3',
  '2026-11-23 12:00:00+00', 'Chrome/126.0.0.0', '02:00:5e:10:00:ff', 'a + b = 12345', 'std::vector', '2026-11-23T12:00:00.123Z',
  '5f3e0d8a-0000-4000-8000-2f0000001234', 'call +1 (310) 555-0139 now',
])('%s reaches nobody', (text) => {
  expect(isRoutable(text)).toBe(false)
})

test.each([
  'anna@gmail.com', 'see https://faker.dev/x', 'www.tide.dev', 'ftp://files.company.de', 'https://user@evil.com/', 'a@example.company',
  '8.8.8.8', 'http://8.8.8.8/', '2a00:1450:4001:81b::200e', '+4915112345678', 'tel:+49 30 901820', '(204) 611-7409', '310-611-7409',
  '{"mail":"anna@firma.de"}', 'https://notexample.com', 'postgresql://u:p@db.host.io/x', '+13106110139',
])('%s may reach somebody', (text) => {
  expect(isRoutable(text)).toBe(true)
})
