import { describe, expect, it } from 'vitest'
import { FinancialAdviceConfirmation } from '../modules/payments/v230.js'
import { parseDocument } from './document.js'
import { withExamples } from './example.js'
import type { Finding } from './finding.js'

const at = (pointer: string): Finding => ({
  pointer,
  code: 'repaired',
  message: '',
  rule: '',
  severity: 'warning',
})
const examples = (document: unknown, ...pointers: string[]) =>
  withExamples(pointers.map(at), document).map(({ example }) => example)

describe('withExamples', () => {
  it('shows the value a finding is about', () => {
    const document = { evses: [{ 'a/b': 'x' }, { price: '0.25', gone: null }] }
    expect(examples(document, '/evses/0/a~1b', '/evses/1/price', '/evses/1/gone')).toEqual([
      '"x"',
      '"0.25"',
      'null',
    ])
  })

  it('shows nothing of what is missing, of containers, and of the prototype', () => {
    expect(examples({ a: {} }, '/b', '/a', '', '/a/constructor', '/__proto__')).toEqual(
      Array.from({ length: 5 }, () => undefined),
    )
    expect(examples('text', '/a/b')).toEqual([undefined])
  })

  it('cuts long values', () => {
    expect(examples({ a: 'x'.repeat(1000) }, '/a')[0]).toHaveLength(100)
  })
})

describe('a field whose values are not shown', () => {
  it('has findings that do not tell the value, repaired or refused (PAY-036)', () => {
    const line = 'Card 4111 1111 1111 1111'
    for (const eft of [line, `${line} ${'x'.repeat(300)}`]) {
      const document = { eft_data: [eft] }
      const { findings } = parseDocument(FinancialAdviceConfirmation, document, 'patch')
      const shown = withExamples(findings, document)
      expect(shown.length).toBeGreaterThan(0)
      expect(JSON.stringify(shown)).not.toContain('4111')
    }
  })
})
