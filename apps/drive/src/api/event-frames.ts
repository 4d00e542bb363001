/** One frame of a server-sent event stream; `data` is empty for comments. */
export interface Frame {
  readonly id: string
  /** The name of its kind, such as `charge`; `message` where the frame names none. */
  readonly event: string
  readonly data: string
}

/** Takes whole frames off the front of a text; the rest has to wait for more. */
export const takeFrames = (text: string): { readonly frames: readonly Frame[]; readonly rest: string } => {
  const parts = text.split('\n\n')
  const rest = parts.pop() ?? ''
  const frames = parts.map((part) => {
    const lines = part.split('\n')
    const field = (name: string): string =>
      lines
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1).trimStart())
        .join('\n')
    return { id: field('id'), event: field('event') || 'message', data: field('data') }
  })
  return { frames, rest }
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/** Time until the next attempt: doubling, with some chance so that not all apps come back at once. */
export const waitMs = (attempt: number, random: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempt, 10), LONGEST_WAIT_MS) * (0.75 + random / 2)
