/** Watches frames, input, long tasks and what the map says it has drawn. */
const watch = () => {
  const seen = { frames: [], inputs: [], delays: [], longTasks: [], drawn: [] }
  const observers = [
    new PerformanceObserver((list) =>
      seen.delays.push(...list.getEntries().map((one) => one.processingStart - one.startTime)),
    ),
    new PerformanceObserver((list) => seen.longTasks.push(...list.getEntries().map((one) => one.duration))),
  ]
  observers[0].observe({ type: 'event', durationThreshold: 16 })
  observers[1].observe({ type: 'longtask' })
  const map = document.querySelector('.map')
  const drawing = new MutationObserver(() =>
    seen.drawn.push({ seq: Number(map.dataset.seq), atMs: Date.now() }),
  )
  drawing.observe(map, { attributes: true, attributeFilter: ['data-seq'] })
  const onInput = (event) =>
    requestAnimationFrame(() => seen.inputs.push(performance.now() - event.timeStamp))
  const kinds = ['pointermove', 'wheel', 'keydown']
  for (const kind of kinds) map.addEventListener(kind, onInput, { capture: true, passive: true })
  let last = performance.now()
  let isOver = false
  const frame = (now) => {
    seen.frames.push(now - last)
    last = now
    if (!isOver) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  window.benchSeen = () => {
    isOver = true
    drawing.disconnect()
    for (const observer of observers) observer.disconnect()
    for (const kind of kinds) map.removeEventListener(kind, onInput, { capture: true })
    return seen
  }
}

/** Drags, turns the wheel and presses keys on the map for a while, with rests in between, or leaves it alone; answers what the page saw meanwhile. */
export const useMap = async (page, seconds, isMoved = true) => {
  await page.evaluate(watch)
  const box = await page.locator('.map').boundingBox()
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const end = Date.now() + seconds * 1000
  if (!isMoved) await page.waitForTimeout(seconds * 1000)
  for (let turn = 0; Date.now() < end; turn += 1) {
    const [dx, dy] = [
      [160, 40],
      [-160, -40],
      [-60, 120],
      [60, -120],
    ][turn % 4]
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let step = 1; step <= 20; step += 1) {
      await page.mouse.move(x + (dx * step) / 20, y + (dy * step) / 20)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
    const deltas = turn % 8 < 4 ? 120 : -120
    for (let step = 0; step < 4; step += 1) {
      await page.mouse.wheel(0, deltas)
      await page.waitForTimeout(50)
    }
    await page.keyboard.press(turn % 2 === 0 ? 'ArrowRight' : 'ArrowLeft')
    await page.waitForTimeout(1_200)
  }
  await page.waitForTimeout(1_500)
  return page.evaluate(() => window.benchSeen())
}
