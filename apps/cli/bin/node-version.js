const OLDEST = [20, 19, 0]

/** Whether this Node.js can run Interwatt; says so when it cannot. */
export const isSupportedNode = () => {
  const running = process.versions.node.split('.').map(Number)
  const difference = OLDEST.map((part, index) => (running[index] ?? 0) - part).find((part) => part !== 0) ?? 0
  if (difference >= 0) return true
  process.stderr.write(
    `Interwatt needs Node.js ${OLDEST.join('.')} or newer, this is ${process.versions.node}. Install a newer one.\n`,
  )
  return false
}
