import { expect, test } from 'vitest'
import { Limiter } from './limiter.js'

const turns = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await Promise.resolve()
}

const gate = () => {
  let open = (): void => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open }
}

test('never runs more than the limit, first come first served, and fills up when it is raised', async () => {
  const limiter = new Limiter(1)
  const begun: number[] = []
  const gates = [gate(), gate(), gate(), gate()]
  const runs = gates.map(({ passed }, n) =>
    limiter.run(async () => {
      begun.push(n)
      await passed
    }),
  )
  await turns(5)
  expect(begun).toEqual([0])
  limiter.setLimit(2)
  await turns(5)
  expect(begun).toEqual([0, 1])
  gates[0]?.open()
  await turns(10)
  expect(begun).toEqual([0, 1, 2])
  for (const { open } of gates) open()
  await Promise.all(runs)
  expect(begun).toEqual([0, 1, 2, 3])
})

test('a task that fails gives its place back', async () => {
  const limiter = new Limiter(1)
  await expect(limiter.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await limiter.run(async () => 7)).toBe(7)
})
