import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((name) => name !== '')
const code = tracked.filter((name) => /^(packages|apps)\/.*\.tsx?$/.test(name))
const production = code.filter((name) => !/\.test\.ts$|\/testing\/|\/census\//.test(name))
const textOf = (name: string): string => readFileSync(join(root, name), 'utf8')

describe('the documentation', () => {
  it('has no link between its pages that leads nowhere', () => {
    const pages = tracked.filter((name) => name.endsWith('.md'))
    const broken = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, page, '..', target)))
        .map((target) => `${page} links ${target}`),
    )
    expect(pages.length).toBeGreaterThan(20)
    expect(broken).toEqual([])
  })
})

describe('the house style', () => {
  it('keeps files under 400 lines', () => {
    const long = production.filter((name) => textOf(name).split('\n').length > 401)
    expect(long).toEqual([])
  })

  it('names files in kebab case and for what they hold', () => {
    const banned = /\/(util|utils|helper|helpers|common|misc|manager|base|data|info)\.ts$/
    expect(code.filter((name) => banned.test(name))).toEqual([])
    expect(code.filter((name) => /[A-Z_]/.test(name.split('/').at(-1) ?? ''))).toEqual([])
  })

  it('asks a trait or a lens, never compares a version', () => {
    const comparing = production.filter(
      (name) => /[!=]==? *['"]2\.\d/.test(textOf(name)) && !name.includes('/versions/'),
    )
    expect(comparing).toEqual([])
  })

  it('switches no type or lint check off', () => {
    const off = production.filter((name) =>
      /(: any\b|as any\b|@ts-(ignore|nocheck|expect-error)|biome-ignore)/.test(textOf(name)),
    )
    expect(off).toEqual([])
  })

  it('names every prepared statement differently', () => {
    const names = production
      .filter((name) => name.includes('/sql/'))
      .flatMap((name) => [...textOf(name).matchAll(/name: '([^']+)'/g)].map((match) => match[1]))
    expect(names.length).toBeGreaterThan(20)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('skips no test and leaves no test exclusive', () => {
    const marked = code.filter((name) => /\b(it|test|describe)\.(skip|only|todo)\b/.test(textOf(name)))
    expect(marked).toEqual([])
  })
})
