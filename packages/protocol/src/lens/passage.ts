import type { DocumentName } from '../contract/endpoint.js'
import { isJsonObject, type JsonObject } from '../json/json-object.js'
import type { CrossingFacts } from './facts.js'
import { type Crossing, GONE, type Lens, startCrossing } from './lens.js'

/** The lens of every document between two neighbouring versions. */
export interface Hop {
  readonly lenses: Readonly<Record<DocumentName, Lens>>
}

/** Takes a document up through some pairs, the oldest first. */
export const climb = (
  chain: readonly Hop[],
  name: DocumentName,
  document: JsonObject,
  crossing: Crossing,
): JsonObject => {
  const lifted = chain.reduce<unknown>(
    (value, { lenses }) => lenses[name].up(value, undefined, crossing),
    document,
  )
  return isJsonObject(lifted) ? lifted : document
}

/** Takes a document down through some pairs, the newest first; facts come along in the shape each pair understands. */
export const descend = (
  chain: readonly Hop[],
  name: DocumentName,
  document: JsonObject,
  crossing: Crossing,
): JsonObject | typeof GONE => {
  const { facts } = crossing
  let value: unknown = document
  for (let index = chain.length - 1; index >= 0; index -= 1) {
    crossing.facts = factsBelow(facts, chain.slice(index + 1))
    value = chain[index]?.lenses[name].down(value, undefined, crossing)
    if (value === GONE) return GONE
  }
  return isJsonObject(value) ? value : document
}

const factsBelow = (facts: CrossingFacts, above: readonly Hop[]): CrossingFacts => {
  const { placeOf } = facts
  if (placeOf === undefined || above.length === 0) return facts
  const lowered = (id: string): JsonObject | undefined => {
    const place = placeOf(id)
    const below = place && descend(above, 'location', place, startCrossing('whole'))
    return below === GONE ? undefined : below
  }
  return { ...facts, placeOf: lowered }
}
