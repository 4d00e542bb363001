import colors from 'picocolors'

/** Colours, or plain text when colours are off. */
export type Paint = ReturnType<typeof colors.createColors>

/** Paints a text. */
export type Formatter = (text: string) => string

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Screen {
  /** A line of the result. */
  out(line: string): void
  /** A line about what happens. */
  note(line: string): void
  /** Text that replaces the current line of standard error; only where `live`. */
  replaceNote(text: string): void
  /** Columns of standard output; Infinity when it is no terminal. */
  readonly width: number
  /** Whether standard error is a terminal. */
  readonly live: boolean
  readonly paint: Paint
  readonly notePaint: Paint
}

/** For terminals that do not tell their width. */
const FALLBACK_COLUMNS = 80

const paintFor = (stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Paint =>
  colors.createColors(
    stream.isTTY === true &&
      (environment.NO_COLOR === undefined || environment.NO_COLOR === '') &&
      environment.TERM !== 'dumb',
  )

/** The terminal of this process; colours only on a terminal and never with NO_COLOR. */
export const processScreen = (): Screen => ({
  out: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  replaceNote: (text) => process.stderr.write(`\r\u001b[2K${text}`),
  get width() {
    return process.stdout.isTTY === true
      ? process.stdout.columns || FALLBACK_COLUMNS
      : Number.POSITIVE_INFINITY
  },
  live: process.stderr.isTTY === true,
  paint: paintFor(process.stdout, process.env),
  notePaint: paintFor(process.stderr, process.env),
})
