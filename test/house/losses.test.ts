import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

it('the page of losses says what the lenses declare; node scripts/write-losses.js writes it', () => {
  const printed = execFileSync(process.execPath, [join(root, 'scripts/write-losses.js'), '--print'])
  expect(readFileSync(join(root, 'docs/losses.md'), 'utf8')).toBe(printed.toString())
})
