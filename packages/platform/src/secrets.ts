import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Seals and recognises secrets: partner tokens, webhook secrets, operator keys. */
export interface Secrets {
  /** AES-256-GCM with a fresh nonce; the result is safe to store. */
  encrypt(text: string): string
  /** Throws when the text was sealed with another `INTERWATT_SECRET` or changed since. */
  decrypt(sealed: string): string
  /** Keyed hash: equal secrets give equal hashes on this installation only. */
  hash(text: string): string
}

const SEALED_PREFIX = 'v1.'

/** Derives both keys from `INTERWATT_SECRET`; the secret itself is kept nowhere. */
export const createSecrets = (secret: string): Secrets => {
  const key = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'interwatt', purpose, 32))
  const sealingKey = key('seal')
  const hashingKey = key('hash')
  return {
    encrypt(text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return SEALED_PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    decrypt(sealed) {
      if (!sealed.startsWith(SEALED_PREFIX)) throw new Error('This is not a sealed secret.')
      const bytes = Buffer.from(sealed.slice(SEALED_PREFIX.length), 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new Error(
          'A stored secret does not open: INTERWATT_SECRET is not the one it was sealed with.',
          { cause },
        )
      }
    },
    hash: (text) => createHmac('sha256', hashingKey).update(text).digest('base64url'),
  }
}

/** A new credentials token or URL secret: 256 random bits, header- and URL-safe, 43 characters (CRD-003). */
export const newSecretToken = (): string => randomBytes(32).toString('base64url')
