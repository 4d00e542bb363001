import { describe, expect, it } from 'vitest'
import { parseSettings } from './settings.js'

const serve = { host: '0.0.0.0', allowPrivate: false }

describe('settings', () => {
  it('have the documented defaults', () => {
    const parsed = parseSettings({}, serve)
    expect(parsed).toMatchObject({
      kind: 'settings',
      settings: {
        port: 8080,
        host: '0.0.0.0',
        publicUrl: 'http://localhost:8080',
        databaseUrl: null,
        allowPrivatePartners: false,
        role: 'all',
      },
    })
  })

  it('report every mistake at once, each by name', () => {
    const parsed = parseSettings(
      {
        PORT: 'eighty',
        PUBLIC_URL: 'example',
        DATABASE_URL: 'mysql://x',
        ALLOW_PRIVATE_PARTNERS: 'perhaps',
        ROLE: 'boss',
        INTERWATT_SECRET: 'short',
        INTERWATT_API_KEY: 'short',
      },
      serve,
    )
    expect(parsed.kind).toBe('errors')
    const text = parsed.kind === 'errors' ? parsed.errors.join('\n') : ''
    for (const name of [
      'PORT',
      'PUBLIC_URL',
      'DATABASE_URL',
      'ALLOW_PRIVATE_PARTNERS',
      'ROLE',
      'INTERWATT_SECRET',
      'INTERWATT_API_KEY',
    ])
      expect(text).toContain(name)
    expect(text).not.toContain('short"')
  })

  it('take the public URL without its trailing slash', () => {
    expect(parseSettings({ PUBLIC_URL: 'https://roam.example/base/' }, serve)).toMatchObject({
      settings: { publicUrl: 'https://roam.example/base' },
    })
  })
})
