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

  it('of drivers name every mistake, and never repeat the password of the mail server', () => {
    const parsed = parseSettings(
      {
        SMTP_URL: 'http://user:hunter2hunter2@mail.example',
        DRIVER_DEMO_SPEED: '0',
        DRIVER_CURRENCY: 'euro',
        DRIVER_CALLS_PER_MINUTE: '1',
        SUPPORT_EMAIL: 'help',
        SUPPORT_PHONE: 'call me',
      },
      serve,
    )
    const text = parsed.kind === 'errors' ? parsed.errors.join('\n') : ''
    for (const name of [
      'SMTP_URL',
      'DRIVER_DEMO_SPEED',
      'DRIVER_CURRENCY',
      'DRIVER_CALLS_PER_MINUTE',
      'SUPPORT_EMAIL',
      'SUPPORT_PHONE',
    ])
      expect(text).toContain(name)
    expect(text).not.toContain('hunter2')
  })

  it.each(['drive@example.com', 'Drive & Away <drive@example.com>', 'Ladeverbund Süd <no-reply@localhost>'])(
    'take %s as the sender of mails',
    (sender) => {
      const parsed = parseSettings({ SMTP_URL: 'smtps://mail.example', MAIL_FROM: sender }, serve)
      expect(parsed).toMatchObject({ settings: { mailFrom: sender, smtpUrl: 'smtps://mail.example' } })
    },
  )

  it.each([undefined, 'drive', 'a@b.c\r\nBcc: x@y.z', '"x" <a@b.c>', 'a@b.c, d@e.f'])(
    'with a mail server and the sender %j are refused',
    (sender) => {
      const parsed = parseSettings({ SMTP_URL: 'smtp://mail.example:2525', MAIL_FROM: sender }, serve)
      expect(parsed).toMatchObject({ kind: 'errors', errors: [expect.stringContaining('MAIL_FROM')] })
    },
  )
})

describe('the map of the settings', () => {
  const mapOf = (source: Readonly<Record<string, string>>) => {
    const parsed = parseSettings(source, serve)
    return parsed.kind === 'errors' ? parsed.errors.join(' ') : parsed.settings.mapStyle
  }

  it('is a style, a template of pictures, or none', () => {
    expect(mapOf({})).toBeNull()
    expect(
      mapOf({ MAP_STYLE_URL: 'https://maps.example/style.json?key=1', MAP_ATTRIBUTION: 'Maps Inc' }),
    ).toEqual({
      kind: 'vector',
      url: 'https://maps.example/style.json?key=1',
      attribution: 'Maps Inc',
    })
    expect(mapOf({ MAP_TILES_URL: 'http://127.0.0.1:9/{z}/{x}/{y}.png' })).toMatchObject({ kind: 'raster' })
  })

  it('is refused when it cannot be one', () => {
    expect(mapOf({ MAP_TILES_URL: 'https://maps.example/tiles.png' })).toContain('{z}, {x} and {y}')
    expect(mapOf({ MAP_STYLE_URL: 'https://me:secret@maps.example/style.json' })).toContain('without a user')
    expect(mapOf({ MAP_STYLE_URL: 'file:///style.json' })).toContain('MAP_STYLE_URL')
    expect(
      mapOf({ MAP_STYLE_URL: 'https://a.example/s', MAP_TILES_URL: 'https://a.example/{z}/{x}/{y}' }),
    ).toContain('both set')
    expect(mapOf({ MAP_ATTRIBUTION: 'x'.repeat(300) })).toContain('MAP_ATTRIBUTION')
  })
})
