import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** The table of rules names tests that exist, and says why where it names none. */
const root = join(import.meta.dirname, '../..')
const rows = readFileSync(join(root, 'docs/conformance.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| ([A-Z]{2,3}-\d{3}) \| (.*?) \| (.*?) ?\|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, rule = '', tests = '', remark = '']) => ({
    rule,
    files: [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
    remark,
  }))

it('lists each rule once', () => {
  const rules = rows.map(({ rule }) => rule)
  expect(rules.length).toBeGreaterThan(400)
  expect(new Set(rules).size).toBe(rules.length)
})

it('names tests that exist, and gives a reason where there is none', () => {
  expect(rows.flatMap(({ files }) => files).filter((file) => !existsSync(join(root, file)))).toEqual([])
  expect(rows.filter(({ files, remark }) => files.length === 0 && remark === '')).toEqual([])
})

it('names tests that cite the rule, or says in a remark what they show', () => {
  const cites = (file: string, rule: string): boolean => {
    const text = readFileSync(join(root, file), 'utf8')
    if (text.includes(rule)) return true
    const ranges = [...text.matchAll(/\b([A-Z]{2,3})-(\d{3}) to \1-(\d{3})/g)]
    return ranges.some(
      ([, kind, from = '', to = '']) =>
        rule.startsWith(`${kind}-`) && rule.slice(-3) >= from && rule.slice(-3) <= to,
    )
  }
  const silent = rows.filter(
    ({ rule, files, remark }) =>
      files.length > 0 && remark === '' && !files.some((file) => cites(file, rule)),
  )
  expect(silent).toEqual([])
})
