import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { CHECK_CODES } from './codes.js'

const page = readFileSync(fileURLToPath(new URL('../../../../docs/pricing.md', import.meta.url)), 'utf8')

it('is the table of findings in docs/pricing.md, line by line', () => {
  const rows = Object.entries(CHECK_CODES).map(
    ([code, { severity, meaning, rules }]) =>
      `| \`${code}\` | ${severity} | ${meaning} | ${rules.join(', ')} |`,
  )
  const written = page.split('\n').filter((line) => /^\| `[a-z_]+` \| (error|warning|info) \|/.test(line))
  expect(written).toEqual(rows)
})
