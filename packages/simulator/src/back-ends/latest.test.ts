import { expect, it } from 'vitest'
import { createLatest } from './latest.js'

it('sends one state at a time, the first at once, and skips what a newer one replaced', async () => {
  const sent: [number, number | undefined][] = []
  let release: () => void = () => undefined
  const latest = createLatest<number>(async (state, arrived) => {
    sent.push([state, arrived])
    await new Promise<void>((resolve) => {
      release = resolve
    })
    return state !== 3
  })
  const step = async (): Promise<void> => {
    release()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  latest.set(1)
  latest.set(2)
  latest.set(3)
  expect(sent).toEqual([[1, undefined]])
  await step()
  expect(sent[1]).toEqual([3, 1])
  latest.set(4)
  await step()
  expect(sent[2]).toEqual([4, undefined])
  await step()
  await latest.settled()
  expect(sent.length).toBe(3)
})
