import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of one tick of `/proc`. */
const TICK_MS = 10

const read = (pid, name) => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}

const statOf = (pid) => {
  const fields = read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
  return { parent: Number(fields[1]), cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS }
}

const PARTS = [
  ['page', /--type=renderer/],
  ['drawing', /--type=gpu-process/],
  ['browser', /chrom/],
  ['node', /node-process\.js/],
  ['database', /postgres/],
]

/** Processor time in milliseconds that this process's descendants have used so far, by what they are. Linux only; zeros elsewhere. */
export const processorTimes = () => {
  const totals = Object.fromEntries(PARTS.map(([name]) => [name, 0]))
  let pids = []
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return totals
  }
  const stats = new Map(pids.map((pid) => [Number(pid), statOf(pid)]))
  const isOurs = (pid) => {
    const parent = stats.get(pid)?.parent
    return parent === process.pid || (parent > 1 && isOurs(parent))
  }
  for (const [pid, { cpuMs }] of stats) {
    if (!isOurs(pid) || Number.isNaN(cpuMs)) continue
    const command = read(pid, 'cmdline')
    const part = PARTS.find(([, pattern]) => pattern.test(command))?.[0]
    if (part !== undefined) totals[part] += cpuMs
  }
  return totals
}

/** The difference of two readings as parts of a core over so many milliseconds, and the processor time itself. */
export const usedBetween = (from, to, elapsedMs) =>
  Object.keys(to)
    .map((name) => `${name} ${(((to[name] - from[name]) / elapsedMs) * 100).toFixed(0)} %`)
    .join(', ')
