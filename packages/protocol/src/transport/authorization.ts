/** How a credentials token is written in the `Authorization` header (TRN-003, TRN-004). */
export type TokenEncoding = 'base64' | 'plain'

const TOKEN = /^[\x21-\x7e]{1,64}$/
const HEADER = /^token[ \t]+([\x21-\x7e]{1,512})[ \t]*$/i
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** `Token <value>`; base64 is of the UTF-8 bytes, standard alphabet, padded (TRN-002, TRN-003). */
export const authorizationHeader = (token: string, encoding: TokenEncoding): string =>
  `Token ${encoding === 'base64' ? encodeBase64(token) : token}`

/** The encoding to try when a partner answered 401 to the first one (trap 1). */
export const otherEncoding = (encoding: TokenEncoding): TokenEncoding =>
  encoding === 'base64' ? 'plain' : 'base64'

/**
 * What the token in an `Authorization` header may be, most likely first: as written, then decoded (TRN-006).
 * Empty when the header is absent, has another scheme, or holds nothing a token could be (TRN-008, TRN-009).
 */
export const tokenCandidates = (header: string | undefined): readonly string[] => {
  const value = header === undefined ? undefined : HEADER.exec(header)?.[1]
  if (value === undefined) return []
  const decoded = decodeBase64(value)
  const candidates: string[] = []
  if (TOKEN.test(value)) candidates.push(value)
  if (decoded !== undefined && TOKEN.test(decoded)) candidates.push(decoded)
  return candidates
}

const encodeBase64 = (text: string): string => {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Tolerates missing padding and white space after the token (TRN-007); undefined when it is no base64. */
const decodeBase64 = (value: string): string | undefined => {
  if (!BASE64.test(value)) return undefined
  const unpadded = value.replace(/=+$/, '')
  if (unpadded.length % 4 === 1) return undefined
  return atob(unpadded).replace(/[\s\0]+$/, '')
}
