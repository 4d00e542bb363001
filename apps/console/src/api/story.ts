import { gap } from './gaps.js'
import { segmentsOf } from './prices.js'
import { type Doc, flag, listOf, number, optional, type Read, shape, text } from './reading.js'
import { address, ask } from './request.js'

const storyObject = shape({
  kind: text,
  country_code: optional(text),
  party_id: optional(text),
  id: text,
})
const step = shape({
  at: text,
  stated_at: optional(text),
  kind: text,
  text,
  outcome: text,
  messages: listOf(number),
  objects: listOf(storyObject),
  authorization_id: optional(text),
  command_id: optional(text),
})
/** One step in the life of a session. */
export type StoryStep = Read<typeof step>
const story = shape({ steps: listOf(step), complete: flag, gaps: listOf(gap) })
/** What happened around a session. */
export type Story = Read<typeof story>

/** What happened around a command; the story of its session where it led to one. */
export const getCommandStory = (id: string): Promise<Story> => ask(address(['commands', id, 'story']), story)

export const getStory = (session: Doc): Promise<Story> =>
  ask(address(segmentsOf('sessions', session, 'story')), story)
