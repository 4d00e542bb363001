import type { Screen } from './screen.js'

/** Progress of long work, on standard error: one changing line on a terminal, a line now and then elsewhere. */
export interface Progress {
  show(text: string): void
  /** Ends the changing line; the text stays as a line of its own when one is given. */
  end(text?: string): void
}

/** Between two lines where lines cannot be replaced, in milliseconds. */
const QUIET_MS = 5_000
/** Between two repaints of the changing line, in milliseconds. */
const REPAINT_MS = 80

/** Progress on a screen; nothing is written for work that ends before the first pause is over. */
export const createProgress = (
  screen: Screen,
  now: () => number = performance.now.bind(performance),
): Progress => {
  let shownAt = screen.live ? Number.NEGATIVE_INFINITY : now()
  let open = false
  return {
    show(text) {
      const pauseMs = screen.live ? REPAINT_MS : QUIET_MS
      if (now() - shownAt < pauseMs) return
      shownAt = now()
      if (screen.live) {
        screen.replaceNote(screen.notePaint.dim(text))
        open = true
      } else screen.note(text)
    },
    end(text) {
      if (open) screen.replaceNote('')
      open = false
      if (text !== undefined) screen.note(text)
    },
  }
}
