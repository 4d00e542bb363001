import { price } from './ours.js'

/** All ways of choosing so many of a list, in its order. */
function* choices(list, count, from = 0) {
  if (count === 0) yield []
  else
    for (let at = from; at <= list.length - count; at += 1)
      for (const others of choices(list, count - 1, at + 1)) yield [list[at], ...others]
}

/** No pair needs more than these to be explained, and the fewest are looked for first. */
const MOST = 6

const agrees = (engine, pair, theirs, chosen) => {
  const policy = Object.assign({}, ...chosen.map((one) => one.policy))
  const changed = chosen.reduce((asked, one) => one.change?.(asked) ?? asked, pair)
  const priced = price(changed, policy)
  const ours = chosen.reduce((result, one) => one.after?.(result, theirs, pair) ?? result, priced)
  const slack = chosen.reduce((most, one) => Math.max(most, one.slack?.(pair) ?? 0), 0)
  return engine.agree(ours, theirs, slack)
}

/** Why an independent engine says what it says: [] when both agree as they are, undefined when nothing explains it. */
export const explain = (engine, pair, theirs) => {
  const open = engine.explanations.filter(({ applies }) => applies === undefined || applies(pair))
  for (let count = 0; count <= Math.min(MOST, open.length); count += 1)
    for (const chosen of choices(open, count)) if (agrees(engine, pair, theirs, chosen)) return chosen
  return undefined
}

/** An answer of a peer: amounts as text, or its error. */
export const readAnswer = (line) => {
  if (line.startsWith('!')) return { error: line.slice(1) }
  const [net, gross] = line.split('\t').map((one) => (one === '-' ? undefined : one))
  return { net, gross }
}
