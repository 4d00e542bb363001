import { createServer, type Socket } from 'node:net'

/** A mail as it arrived: envelope, headers and body, undone of quoted-printable where it was. */
export interface ReceivedMail {
  readonly to: readonly string[]
  readonly raw: string
  /** The plain-text part. */
  readonly text: string
}

/** A mail server on the loopback that keeps what it gets. */
export interface SmtpServer extends AsyncDisposable {
  readonly url: string
  readonly mails: readonly ReceivedMail[]
  /** The next mail, however many came before. */
  next(): Promise<ReceivedMail>
  /** What it says to `RCPT TO` from now on; `250 ok` at first. */
  answer: string
}

const decodeQuoted = (text: string): string => {
  const joined = text.replaceAll(/=\r?\n/g, '')
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

const partOf = (raw: string, type: string): string => {
  const [, boundary] = /boundary="?([^";\r\n]+)"?/.exec(raw) ?? []
  const parts = boundary === undefined ? [raw] : raw.split(`--${boundary}`)
  const part = parts.find((candidate) => new RegExp(`content-type: ${type}`, 'i').test(candidate)) ?? ''
  const [head = '', ...body] = part.split(/\r?\n\r?\n/)
  const text = body.join('\n\n')
  if (/encoding: base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8')
  return /encoding: quoted-printable/i.test(head) ? decodeQuoted(text) : text
}

/** The HTML part of a mail. */
export const htmlOf = ({ raw }: ReceivedMail): string => partOf(raw, 'text/html')

const converse = (socket: Socket, server: { answer: string }, onMail: (mail: ReceivedMail) => void): void => {
  let [waiting, to, isData]: [string, string[], boolean] = ['', [], false]
  const say = (line: string): void => {
    socket.write(`${line}\r\n`)
  }
  const hear = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'RCPT') {
      to.push(/<([^>]*)>/.exec(line)?.[1] ?? '')
      say(server.answer)
    } else if (verb === 'DATA') {
      isData = true
      say('354 go on')
    } else if (verb === 'QUIT') socket.end('221 bye\r\n')
    else say('250 ok')
  }
  say('220 test')
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    waiting += chunk.toString('latin1')
    for (;;) {
      const end = waiting.indexOf(isData ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const piece = waiting.slice(0, end)
      waiting = waiting.slice(end + (isData ? 5 : 2))
      if (!isData) hear(piece)
      else {
        const raw = piece.replaceAll('\r\n..', '\r\n.')
        onMail({ to, raw, text: partOf(raw, 'text/plain') })
        ;[isData, to] = [false, []]
        say('250 kept')
      }
    }
  })
}

/** Starts it on a free port. */
export const startSmtp = async (): Promise<SmtpServer> => {
  const mails: ReceivedMail[] = []
  const waiting: ((mail: ReceivedMail) => void)[] = []
  const open = new Set<Socket>()
  const state = { answer: '250 ok' }
  const server = createServer((socket) => {
    open.add(socket)
    converse(socket, state, (mail) => {
      mails.push(mail)
      waiting.shift()?.(mail)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    get answer() {
      return state.answer
    },
    set answer(line: string) {
      state.answer = line
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
