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

const never = (error: unknown): void => {
  throw error
}

test('never runs more than the limit, first come first served, and fills up when it is raised', async () => {
  const limiter = new Limiter(1)
  const begun: number[] = []
  const gates = [gate(), gate(), gate(), gate()]
  const run = limiter.each(
    gates,
    async ({ passed }) => {
      begun.push(begun.length)
      await passed
    },
    never,
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
  await run
  expect(begun).toEqual([0, 1, 2, 3])
})

test('lists that share a limit take turns', async () => {
  const limiter = new Limiter(1)
  const begun: string[] = []
  const list = (name: string) =>
    limiter.each(
      [1, 2, 3],
      async (n) => {
        begun.push(`${name}${n}`)
        await turns(3)
      },
      never,
    )
  await Promise.all([list('a'), list('b')])
  expect(begun.indexOf('b1')).toBeLessThan(begun.indexOf('a3'))
})

test('a task that fails gives its place back, is told, and does not end the others', async () => {
  const limiter = new Limiter(1)
  const told: unknown[] = []
  const done: number[] = []
  await limiter.each(
    [1, 2, 3],
    async (n) => {
      if (n === 2) throw new Error('no')
      done.push(n)
    },
    (error) => told.push(error),
  )
  expect(told).toEqual([new Error('no')])
  expect(done).toEqual([1, 3])
})

test('resolves when the last task has ended, at once without tasks', async () => {
  const limiter = new Limiter(4)
  await limiter.each([], async () => {}, never)
  const last = gate()
  let hasEnded = false
  const run = limiter
    .each([last], ({ passed }) => passed, never)
    .then(() => {
      hasEnded = true
    })
  await turns(10)
  expect(hasEnded).toBe(false)
  last.open()
  await run
})
