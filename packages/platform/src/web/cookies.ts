/**
 * The name of a cookie. Browsers send cookies to every port of a host, so nodes on one host have a name each; with https the
 * prefix keeps other hosts of the domain from setting it.
 */
export const cookieNameFor = (stem: string, publicUrl: string): string => {
  const { protocol, port } = new URL(publicUrl)
  const name = port === '' ? stem : `${stem}_${port}`
  return protocol === 'https:' ? `__Host-${name}` : name
}

/** Value of a cookie in a `cookie` header. */
export const cookieValue = (header: string | undefined, name: string): string | undefined =>
  (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1)

/** Attributes of a cookie that scripts cannot read and other sites cannot send; with https it is sent over nothing else. */
export const cookieAttributes = (publicUrl: string): string =>
  `; Path=/; HttpOnly; SameSite=Strict${new URL(publicUrl).protocol === 'https:' ? '; Secure' : ''}`
