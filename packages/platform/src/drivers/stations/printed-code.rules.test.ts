import { describe, expect, it } from 'vitest'
import { codeKey, readPrintedCode } from './printed-code.rules.js'

describe('a code that was typed or scanned', () => {
  it.each([
    ['DE*ABC*E123*1', ['DE*ABC*E123*1']],
    ['  de abc e123 1 ', ['deabce1231']],
    ['DEABCE1231', ['DEABCE1231']],
    ['+49*822*1234*5', ['+49*822*1234*5']],
    ['https://qr.example/DE*ABC*E1', ['DE*ABC*E1']],
    ['https://qr.example/?id=DE%2AABC%2AE1&x=DE*ABC*E1', ['DE*ABC*E1']],
    ['https://qr.example/#/start/DE-ABC-E1', ['DE-ABC-E1']],
    ['intent:charge?evse=DE*ABC*E7;end', ['DE*ABC*E7']],
    ['https://qr.example/%E0%A4%A/DE*ABC*E1', ['DE*ABC*E1']],
    ['A 7', []],
  ])('%j has the EVSE ids %j', (text, ids) => {
    expect(readPrintedCode(text).evseIds).toEqual(ids)
  })

  it('may be the number on the charger, also in an address', () => {
    expect(readPrintedCode('A 7').references).toEqual(['A 7'])
    expect(readPrintedCode('https://qr.example/de/4711').references).toEqual(['4711'])
  })

  it('is compared without case and separators', () => {
    expect(codeKey('de-abc_e1 2*3')).toBe('DEABCE123')
  })

  it('of any length is read in a moment', () => {
    expect(readPrintedCode('https://x/'.repeat(10_000)).evseIds).toEqual([])
  })
})
