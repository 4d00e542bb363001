// The map of 300,000 EVSEs while 500 statuses a second arrive: `npm run build && node bench/map.js`. BENCH_EVSES, BENCH_SECONDS and BENCH_RATE make it
// smaller. Needs Chromium at /usr/bin/chromium, or at CHROMIUM, for the part in a browser. Its database is deleted afterwards.
import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { Agent, request } from 'undici'
import { readBox, StationIndex } from '../packages/platform/dist/stations/index.js'
import {
  createObjectStore,
  createStationRowStore,
  migrate,
  openDatabase,
  startEmbeddedPostgres,
} from '../packages/store/dist/index.js'
import { seedEurope } from './support/europe.js'
import { useMap } from './support/map-page.js'
import { processorTimes, usedBetween } from './support/processor-time.js'

const EVSES = Number(process.env.BENCH_EVSES ?? 300_000)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60)
const RATE = Number(process.env.BENCH_RATE ?? 500)
const PORT = 18_082
const URL_ = `http://127.0.0.1:${PORT}`
const KEY = 'bench-operator-key-not-secret'
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
const agent = new Agent({ connections: 64 })

const at = (values, part) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`
const spread = (values) => `p50 ${ms(at(values, 0.5))}, p95 ${ms(at(values, 0.95))}, ${values.length} times`
const say = (label, text) => console.log(`${label.padEnd(62)} ${text}`)

const call = async (method, path, body) => {
  const answer = await request(`${URL_}${path}`, {
    method,
    dispatcher: agent,
    headers: {
      authorization: `Bearer ${KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.body.text()
  if (answer.statusCode > 299) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

const startNode = async (databaseUrl) => {
  const child = fork(new URL('./support/node-process.js', import.meta.url), {
    execArgv: [
      '--expose-gc',
      ...(process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []),
    ],
    env: {
      ...process.env,
      PORT: String(PORT),
      PUBLIC_URL: URL_,
      DATABASE_URL: databaseUrl,
      INTERWATT_API_KEY: KEY,
      INTERWATT_SECRET: 'bench-secret-not-secret-0123456789abcdef',
      LOG_LEVEL: 'error',
      BENCH_CONSOLE: fileURLToPath(new URL('../apps/console/dist/web', import.meta.url)),
    },
  })
  for (;;) {
    if ((await request(`${URL_}/health/ready`).catch(() => undefined))?.statusCode === 200) return child
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** What the node says of itself: `cpu` or `memory`. */
const ask = (child, name) =>
  new Promise((resolve) => {
    const take = (message) => {
      if (message.cpu === undefined && message.rss === undefined) return
      child.off('message', take)
      resolve(message)
    }
    child.on('message', take)
    child.send(name)
  })

/** The index alone, in this process: filling, memory, queries beside a loop over the same numbers. */
const measureIndex = async (databaseUrl) => {
  const database = await openDatabase({ url: databaseUrl })
  globalThis.gc?.()
  const before = process.memoryUsage()
  const [stations, objects] = [createStationRowStore(database), createObjectStore(database)]
  const index = new StationIndex({ stations, objects, now: Date.now, onError: console.error })
  const [begun, cpu] = [performance.now(), process.cpuUsage()]
  const state = await index.filled(300_000)
  const { user, system } = process.cpuUsage(cpu)
  say(
    'index filled',
    `${((performance.now() - begun) / 1000).toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of CPU here; ${state.stations} stations, ${state.evses} EVSEs`,
  )
  globalThis.gc?.()
  const after = process.memoryUsage()
  const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
  say('memory of the index', globalThis.gc ? `${(bytes / 1e6).toFixed(0)} MB` : 'run with --expose-gc')
  const boxes = Array.from({ length: 600 }, (_, n) => {
    const zoom = 3 + (n % 15)
    const [lat, lon, wide] = [
      38 + ((n * 37) % 200) / 10,
      -8 + ((n * 53) % 300) / 10,
      (360 * 1.3 * 1280) / 512 / 2 ** zoom,
    ]
    return {
      zoom,
      box: { west: lon - wide / 2, east: lon + wide / 2, south: lat - wide / 4, north: lat + wide / 4 },
    }
  })
  const lats = Int32Array.from(
    { length: state.stations },
    (_, n) => 380_000_000 + ((n * 7_919) % 200_000_000),
  )
  const lons = Int32Array.from(
    { length: state.stations },
    (_, n) => -80_000_000 + ((n * 104_729) % 300_000_000),
  )
  let found = 0
  const bare = ({ area: { south, north, first } }) => {
    for (let n = 0; n < lats.length; n += 1)
      if (lats[n] >= south && lats[n] <= north && lons[n] >= first.west && lons[n] <= first.east) found += 1
  }
  const measured = (work) => {
    for (const { zoom, box } of boxes.slice(0, 100)) work(zoom, readBox(box).area)
    const times = []
    const cpu = process.cpuUsage()
    for (const { zoom, box } of boxes) {
      const { area } = readBox(box)
      const started = performance.now()
      work(zoom, area)
      times.push(performance.now() - started)
    }
    const { user, system } = process.cpuUsage(cpu)
    return { times, cpuMs: (user + system) / 1000 / boxes.length }
  }
  const figure = ({ times, cpuMs }) => `${cpuMs.toFixed(2)} ms of CPU each; ${spread(times)}`
  const plain = measured((zoom, area) => index.map({ area, zoom, filters: {} }))
  const filtered = measured((zoom, area) =>
    index.map({ area, zoom, filters: { plugs: ['ccs'], minWatts: 50_000, free: true } }),
  )
  const loop = measured((_zoom, area) => bare({ area }))
  say('a map of a box, zoom 3 to 17', figure(plain))
  say('the same with filters', figure(filtered))
  say('a bare loop over the places', `${figure(loop)}${found < 0 ? '!' : ''}`)
  say(
    'ratio of CPU to the bare loop',
    `${(plain.cpuMs / loop.cpuMs).toFixed(1)}, with filters ${(filtered.cpuMs / loop.cpuMs).toFixed(1)}`,
  )
  await index[Symbol.asyncDispose]()
  await database.close()
}

/** Sends statuses at a rate until it is told to stop; every change comes back one second later. */
const startStatuses = (evses, onWritten) => {
  const begun = performance.now()
  const pending = new Set()
  let [sent, failed, stopped] = [0, 0, false]
  const send = async ({ location, evse }, status) => {
    const startedMs = Date.now()
    const { changed_seq } = await call('PATCH', `/api/v1/locations/DE/CPO/${location}/evses/${evse}`, {
      status,
    })
    onWritten({ location, seq: changed_seq, startedMs, doneMs: Date.now() })
  }
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begun) / 1000) * RATE)
    while (!stopped && sent < due && pending.size < 256) {
      const work = send(
        evses[(sent * 7_919) % evses.length],
        Math.floor(sent / evses.length) % 2 === 0 ? 'CHARGING' : 'AVAILABLE',
      )
        .catch(() => {
          failed += 1
        })
        .finally(() => pending.delete(work))
      pending.add(work)
      sent += 1
    }
  }, 5)
  return async () => {
    stopped = true
    clearInterval(timer)
    const rate = sent / ((performance.now() - begun) / 1000)
    await Promise.all(pending)
    return { rate, failed }
  }
}

/** Runs something and says which part of a core each process took meanwhile. */
const withProcessorTime = async (label, work) => {
  const [from, begun] = [processorTimes(), performance.now()]
  const result = await work()
  const [to, elapsedMs] = [processorTimes(), performance.now() - begun]
  say(label, usedBetween(from, to, elapsedMs))
  const drawnMs = to.drawing - from.drawing + to.page - from.page
  return { ...result, perFrameMs: drawnMs / Math.max(1, result.frames.length) }
}

const measurePage = async (evses) => {
  if (!existsSync(CHROMIUM)) return say('the page', `not measured: no browser at ${CHROMIUM}`)
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
    const opened = performance.now()
    // NOTE: the middle of the first Berlin, near enough that its stations stand alone.
    await page.goto(`${URL_}/locations/map?at=14,52.52,13.4`)
    await page.getByLabel('Operator key').fill(KEY)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('[data-drawn="true"]').waitFor({ timeout: 120_000 })
    say('page opened, signed in, stations drawn', ms(performance.now() - opened))
    const quiet = await withProcessorTime('processor time, map moved, no statuses', () =>
      useMap(page, Math.min(10, SECONDS / 3)),
    )
    say('moving the map, no statuses arriving: between two frames', spread(quiet.frames))
    say('  processor time of page and drawing for each', ms(quiet.perFrameMs))
    const written = []
    const stop = startStatuses(evses, (write) => written.push(write))
    const still = await withProcessorTime('processor time, map still, statuses arriving', () =>
      useMap(page, SECONDS / 3, false),
    )
    const used = await withProcessorTime('processor time, map moved, statuses arriving', () =>
      useMap(page, (SECONDS * 2) / 3),
    )
    const { rate, failed } = await stop()
    say(
      `statuses written by the operator API, ${RATE} a second wanted`,
      `${rate.toFixed(0)} a second, ${failed} failed`,
    )
    say('  answered', spread(written.map(({ startedMs, doneMs }) => doneMs - startedMs)))
    say('moving the map: between two frames', spread(used.frames))
    say('  processor time of page and drawing for each', ms(used.perFrameMs))
    say('  input until the next frame after it', spread(used.inputs))
    say('  input delay (Event Timing, those over 16 ms)', spread(used.delays))
    say(
      '  long tasks of the page',
      `${used.longTasks.length}, the longest ${ms(Math.max(0, ...used.longTasks))}`,
    )
    say('status written until it is on the map, map still', spread(visibleAfter(written, still.drawn)))
    say('status written until it is on the map, map moved', spread(visibleAfter(written, used.drawn)))
  } finally {
    await browser.close()
  }
}

/** Time from the beginning of each write, and from its answer if that came later, until the map showed it; what was written at the very end is left out. */
const visibleAfter = (written, drawn) => {
  const [first, last] = [drawn[0], drawn.at(-1)]
  if (first === undefined || last === undefined) return []
  return written
    .filter(({ seq, startedMs }) => startedMs >= first.atMs && seq <= last.seq)
    .map(({ seq, startedMs, doneMs }) => {
      const shown = drawn.find((one) => one.seq >= seq)?.atMs ?? last.atMs
      return Math.max(doneMs, shown) - startedMs
    })
}

const folder = await mkdtemp(join(tmpdir(), 'interwatt-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
let child
try {
  say('machine', `${cpus().length} cores, load ${loadavg()[0].toFixed(1)} before`)
  await server.createDatabase('bench')
  const databaseUrl = server.url('bench')
  const database = await openDatabase({ url: databaseUrl })
  await migrate(database)
  await database.close()
  const seeded = performance.now()
  const { locations, evses } = await seedEurope(databaseUrl, EVSES)
  say(
    'stored',
    `${locations} locations, ${evses.length} EVSEs in ${((performance.now() - seeded) / 1000).toFixed(0)} s`,
  )
  await measureIndex(databaseUrl)
  child = await startNode(databaseUrl)
  await call('PUT', '/api/v1/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Bench' } })
  const { rss: before } = await ask(child, 'memory')
  const map = () => call('GET', '/api/v1/locations/map?west=-180&south=-90&east=180&north=90&zoom=2')
  while (!(await map()).complete) await new Promise((resolve) => setTimeout(resolve, 200))
  const { rss } = await ask(child, 'memory')
  say(
    'memory of the node, before and with the index',
    `${(before / 1e6).toFixed(0)} MB, ${(rss / 1e6).toFixed(0)} MB resident`,
  )
  await measurePage(evses)
  say('memory of the node afterwards', `${((await ask(child, 'memory')).rss / 1e6).toFixed(0)} MB resident`)
  say('machine', `load ${loadavg()[0].toFixed(1)} after`)
} finally {
  if (child?.exitCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }
  await agent.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
