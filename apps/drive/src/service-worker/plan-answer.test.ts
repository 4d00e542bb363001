import { expect, it } from 'vitest'
import { planAnswer } from './plan-answer.js'

const scope = 'https://drive.example/drive/'
const get = (path: string, mode = 'cors') => ({ method: 'GET', mode, url: `https://drive.example${path}` })

it.each([
  ['/drive/', 'navigate', 'page'],
  ['/drive/account/cards?from=mail', 'navigate', 'page'],
  ['/drive/assets/index-B3x.js', 'cors', 'kept'],
  ['/drive/icon-192.png', 'no-cors', 'kept'],
  ['/drive/manifest.webmanifest', 'cors', 'kept'],
  ['/drive/pages.json', 'cors', 'pass'],
  ['/driver/v1/account', 'cors', 'pass'],
  ['/driver/v1/charges/1/receipt.pdf', 'navigate', 'pass'],
  ['/', 'navigate', 'pass'],
])('answers %s (%s) by the plan %s', (path, mode, plan) => {
  expect(planAnswer(get(path, mode), scope)).toBe(plan)
})

it('never answers a write', () => {
  expect(planAnswer({ ...get('/drive/', 'navigate'), method: 'POST' }, scope)).toBe('pass')
})
