import { describe, expect, it } from 'vitest'
import { describeOutcome } from './discover.js'

describe('why a partner could not be reached', () => {
  it('reads as a sentence after the name of the partner', () => {
    expect(`The partner ${describeOutcome({ kind: 'not_offered' })}`).toBe('The partner does not offer this')
  })
})
