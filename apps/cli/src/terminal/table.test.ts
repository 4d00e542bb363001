import { describe, expect, it } from 'vitest'
import { hangingLines } from './hanging-lines.js'
import { pairLines, tableLines } from './table.js'

describe('tableLines', () => {
  it('aligns columns and leaves no spaces at the end', () => {
    expect(tableLines(['A', 'B'], [['long one', '1']], 80)).toEqual(['A         B', 'long one  1'])
  })

  it('stacks rows where the table does not fit, so that nothing is cut', () => {
    const row = ['a name', 'https://partner.example/ocpi/versions']
    expect(tableLines(['NAME', 'URL'], [row], 30)).toEqual(['NAME  a name', 'URL', `  ${row[1]}`])
  })
})

describe('pairLines', () => {
  it('puts a value that does not fit under its name', () => {
    expect(pairLines([['  Key', 'abcdefghijkl']], 12)).toEqual(['  Key', '    abcdefghijkl'])
  })
})

describe('hangingLines', () => {
  const joined = (prefix: string, text: string, width: number) =>
    hangingLines(prefix, text, width).map(([before, rest]) => before + rest)

  it('wraps at words under the text', () => {
    expect(joined('12:00  ', 'one two three four five six seven eight', 40)).toEqual([
      '12:00  one two three four five six seven',
      '       eight',
    ])
  })

  it('goes under the prefix where there is little room', () => {
    expect(joined('Sun 12:00  CPO -> eMSP  ', 'one two three four', 30)).toEqual([
      'Sun 12:00  CPO -> eMSP',
      '  one two three four',
    ])
  })

  it('leaves a line alone where there is no width', () => {
    expect(joined('', 'a '.repeat(200), Number.POSITIVE_INFINITY)).toHaveLength(1)
  })
})
