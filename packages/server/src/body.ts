import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { OcpiRefusal } from '@interwatt/protocol'

/** Limits of one request body. */
export interface BodyLimits {
  readonly maxBytes: number
  readonly timeoutMs: number
}

/** Reads a body as UTF-8 text without byte order mark. Refuses what is too long, too slow or not UTF-8 (TRN-026). */
export const readBody = async (stream: IncomingMessage, limits: BodyLimits): Promise<string> => {
  const announced = Number(stream.headers['content-length'] ?? 0)
  if (announced > limits.maxBytes) throw tooLarge(limits.maxBytes)
  const bytes = arrivedWhole(stream, limits) ?? (await collect(stream, limits))
  if (!isUtf8(bytes)) throw new OcpiRefusal('malformedJson', 'the body is not UTF-8')
  const text = bytes.toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

const tooLarge = (maxBytes: number): OcpiRefusal =>
  new OcpiRefusal('bodyTooLarge', `the body is larger than ${maxBytes} bytes`)

/** A body that is there already, as a small one is that came in one packet with its headers: nothing to wait for. */
const arrivedWhole = (stream: IncomingMessage, { maxBytes }: BodyLimits): Buffer | undefined => {
  if (!stream.complete || stream.readableLength === 0 || stream.readableLength > maxBytes) return undefined
  const bytes: unknown = stream.read()
  return Buffer.isBuffer(bytes) ? bytes : undefined
}

const collect = (stream: IncomingMessage, limits: BodyLimits): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const stop = (): void => {
      clearTimeout(timer)
      stream.off('data', take).off('end', finish).off('error', fail).off('close', fail)
    }
    const refuse = (refusal: OcpiRefusal): void => {
      stop()
      reject(refusal)
    }
    const take = (chunk: Buffer): void => {
      length += chunk.length
      if (length > limits.maxBytes) refuse(tooLarge(limits.maxBytes))
      else chunks.push(chunk)
    }
    const finish = (): void => {
      stop()
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length))
    }
    const fail = (): void => refuse(new OcpiRefusal('malformedRequest', 'the body broke off'))
    const late = (): void => {
      refuse(new OcpiRefusal('requestTimeout', `the body took longer than ${limits.timeoutMs} ms`))
    }
    const timer = setTimeout(late, limits.timeoutMs)
    stream.on('data', take).on('end', finish).on('error', fail).on('close', fail)
  })

/** What is still read of a refused body, so that the partner gets to see the answer, before the connection is cut. */
const DISCARD_MAX_BYTES = 16 * 1_048_576
const DISCARD_MAX_MS = 2000

/** Throws away what is left of a body after its request was answered; cuts the connection if that does not end. */
export const discardRest = (stream: IncomingMessage): void => {
  if (stream.complete || stream.destroyed) return
  let left = DISCARD_MAX_BYTES
  const cut = (): void => {
    stream.destroy()
  }
  const timer = setTimeout(cut, DISCARD_MAX_MS)
  stream.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) cut()
  })
  stream.once('close', () => clearTimeout(timer))
  stream.once('end', () => clearTimeout(timer))
  stream.on('error', () => undefined)
  stream.resume()
}
