/** npm and a terminal both pass on one Ctrl-C: signals this close together are one, in milliseconds. */
const SAME_MS = 1_000

/** Resolves at the first SIGINT or SIGTERM; a later one ends the process at once. */
export const stopSignal = (): { readonly stopped: Promise<NodeJS.Signals>; release(): void } => {
  let firstAt: number | undefined
  let onSignal: (signal: NodeJS.Signals) => void = () => {}
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    onSignal = (signal) => {
      firstAt ??= performance.now()
      if (performance.now() - firstAt >= SAME_MS) process.exit(signal === 'SIGINT' ? 130 : 143)
      resolve(signal)
    }
  })
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    stopped,
    release() {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}
