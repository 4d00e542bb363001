import { describe, expect, it } from 'vitest'
import { creationOptions, requestOptions } from './passkey-options.js'
import { Misread } from './reading.js'

describe('what a passkey is asked', () => {
  it('is read, and what is not given is left out', () => {
    expect(requestOptions({ challenge: 'abc', rpId: 'drive.example', timeout: 60_000, more: 1 }, '')).toEqual(
      {
        challenge: 'abc',
        rpId: 'drive.example',
        timeout: 60_000,
      },
    )
  })

  it('is refused without a challenge', () => {
    expect(() => requestOptions({ rpId: 'drive.example' }, '')).toThrow(Misread)
  })

  it('makes a passkey that is found without a name, and not a second one on the same device', () => {
    const options = {
      rp: { name: 'Drive', id: 'drive.example' },
      user: { id: 'u', name: 'kim@example.org', displayName: 'Kim' },
      challenge: 'abc',
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      excludeCredentials: [{ id: 'known', type: 'public-key', transports: ['internal'] }],
    }
    expect(creationOptions(options, '')).toMatchObject({
      challenge: 'abc',
      excludeCredentials: [{ id: 'known', type: 'public-key' }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    expect(() =>
      creationOptions({ ...options, pubKeyCredParams: [{ type: 'password', alg: 1 }] }, ''),
    ).toThrow('/pubKeyCredParams/0/type is not one of public-key.')
  })
})
