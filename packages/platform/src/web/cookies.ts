/**
 * The name of a cookie. Browsers send cookies to every port of a host, so nodes on one host have a name each; with https the
 * prefix keeps other hosts of the domain from setting it.
 */
const cookieNameFor = (stem: string, publicUrl: string): string => {
  const { protocol, port } = new URL(publicUrl)
  const name = port === '' ? stem : `${stem}_${port}`
  return protocol === 'https:' ? `__Host-${name}` : name
}

/** Value of a cookie in a `cookie` header. */
const cookieValue = (header: string | undefined, name: string): string | undefined =>
  (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1)

/** Attributes of a cookie that scripts cannot read and other sites cannot send; with https it is sent over nothing else. */
const cookieAttributes = (publicUrl: string): string =>
  `; Path=/; HttpOnly; SameSite=Strict${new URL(publicUrl).protocol === 'https:' ? '; Secure' : ''}`

/** What `newSecretToken` makes. */
const SECRET = /^[\w-]{43}$/

/** A cookie that holds a secret. */
export interface SecretCookie {
  /** Value of `set-cookie` that sets it, for some seconds. */
  set(secret: string, maxAgeS: number): string
  /** Value of `set-cookie` that clears it. */
  readonly clear: string
  /** Its secret in a `cookie` header; undefined when there is none that could be one. */
  read(header: string | undefined): string | undefined
  /** Whether a `cookie` header has it at all, with whatever value. */
  isIn(header: string | undefined): boolean
}

/** The cookie of a name at an address. */
export const secretCookie = (stem: string, publicUrl: string): SecretCookie => {
  const name = cookieNameFor(stem, publicUrl)
  const attributes = cookieAttributes(publicUrl)
  return {
    set: (secret, maxAgeS) => `${name}=${secret}; Max-Age=${maxAgeS}${attributes}`,
    clear: `${name}=; Max-Age=0${attributes}`,
    read(header) {
      const text = cookieValue(header, name)
      return text !== undefined && SECRET.test(text) ? text : undefined
    },
    isIn: (header) => cookieValue(header, name) !== undefined,
  }
}
