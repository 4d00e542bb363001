/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
export const stopSignal = (): { readonly stopped: Promise<NodeJS.Signals>; release(): void } => {
  let seen = false
  let onSignal: (signal: NodeJS.Signals) => void = () => {}
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    onSignal = (signal) => {
      if (seen) process.exit(signal === 'SIGINT' ? 130 : 143)
      seen = true
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
