import { describe, expect, it } from 'vitest'
import { createSecrets, newSecretToken } from './secrets.js'

const secrets = createSecrets('a-secret-of-this-installation-0123456789')

describe('secrets', () => {
  it('open again with the same INTERWATT_SECRET', () => {
    const sealed = secrets.encrypt('fake-token')
    expect(sealed).not.toContain('fake-token')
    expect(createSecrets('a-secret-of-this-installation-0123456789').decrypt(sealed)).toBe('fake-token')
  })

  it('are sealed differently each time', () => {
    expect(secrets.encrypt('fake-token')).not.toBe(secrets.encrypt('fake-token'))
  })

  it('say so when sealed with another secret, and never show the text', () => {
    const sealed = createSecrets('another-secret-0123456789-0123456789').encrypt('fake-token')
    expect(() => secrets.decrypt(sealed)).toThrow(/INTERWATT_SECRET/)
  })

  it('do not open when changed', () => {
    const sealed = secrets.encrypt('fake-token')
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')
    expect(() => secrets.decrypt(changed)).toThrow()
    expect(() => secrets.decrypt('plain text')).toThrow()
  })

  it('hash equal texts equally, on this installation only', () => {
    expect(secrets.hash('x')).toBe(secrets.hash('x'))
    expect(secrets.hash('x')).not.toBe(createSecrets('another-secret-0123456789-0123456789').hash('x'))
  })

  it('makes tokens a header and a URL can carry, at least 128 bits (CRD-003)', () => {
    expect(newSecretToken()).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(newSecretToken()).not.toBe(newSecretToken())
  })
})
