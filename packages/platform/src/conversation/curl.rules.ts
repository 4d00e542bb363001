import { headerNames, type VersionId, versionOf } from '@interwatt/protocol'
import type { Message } from '@interwatt/store'

/** A text as one word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** Headers that are worth sending again; what curl sends by itself is left out. */
const SENT = [
  'content-type',
  headerNames.fromCountryCode,
  headerNames.fromPartyId,
  headerNames.toCountryCode,
  headerNames.toPartyId,
  headerNames.requestId,
  headerNames.correlationId,
] as const

const isKnown = (version: string | null): version is VersionId =>
  version !== null && versionOf(version) !== undefined

/** How the token has to be put into the command. */
const tokenNote = ({ version }: Message): string => {
  const encoding = isKnown(version) ? versionOf(version)?.traits.tokenEncoding : undefined
  return encoding === 'plain'
    ? '# Put the credentials token, as it is, into OCPI_TOKEN.'
    : '# Put the credentials token, written as Base64, into OCPI_TOKEN.'
}

const notes = (message: Message): readonly string[] => [
  ...(message.requestHidden ? ['# Secrets were removed: fill in what stands as [hidden].'] : []),
  ...(message.requestCut ? [`# The body is cut: it had ${message.requestBytes} bytes.`] : []),
  tokenNote(message),
]

/** A message as a curl command with a placeholder for the token, ready to be pasted into a shell. */
export const curlOf = (message: Message, publicUrl: string): string => {
  const headers = SENT.flatMap((name) => {
    const value = message.requestHeaders[name]
    return value === undefined ? [] : [`-H ${quoted(`${name}: ${value}`)}`]
  })
  const words = [
    `curl -i -X ${message.method} ${quoted((message.origin ?? publicUrl) + message.path)}`,
    `-H "authorization: Token $OCPI_TOKEN"`,
    ...headers,
    ...(message.requestBody === null ? [] : [`--data-raw ${quoted(message.requestBody)}`]),
  ]
  return `${notes(message).join('\n')}\n${words.join(' \\\n  ')}\n`
}
