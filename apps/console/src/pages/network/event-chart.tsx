import { Paper, Text, useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { BAR_MS, type RecentEvents } from '../../api/recent-events.js'
import { useRecentEvents } from '../../app/live.js'

const HEIGHT = 170
const SPAN_MS = 600_000

/** Bars of the last ten minutes up to now; times in which nothing was counted have none. */
const dataOf = (bars: RecentEvents['bars']): uPlot.AlignedData => {
  const counts = new Map(bars.map(({ atMs, count }) => [atMs, count]))
  const now = Math.floor(Date.now() / BAR_MS) * BAR_MS
  const times = Array.from({ length: SPAN_MS / BAR_MS }, (_, index) => now - SPAN_MS + (index + 1) * BAR_MS)
  return [times.map((atMs) => atMs / 1000), times.map((atMs) => counts.get(atMs) ?? 0)]
}

const colour = (element: HTMLElement, name: string): string =>
  getComputedStyle(element).getPropertyValue(name).trim()

const createChart = (element: HTMLElement, counts: RecentEvents['bars']): uPlot => {
  const bars = uPlot.paths.bars?.({ size: [0.9] })
  const [ink, line, grid] = [
    '--mantine-color-dimmed',
    '--console-busy',
    '--mantine-color-default-border',
  ].map((name) => colour(element, name))
  const axis = { stroke: ink ?? '', grid: { stroke: grid ?? '', width: 1 }, ticks: { show: false } }
  return new uPlot(
    {
      width: element.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        // NOTE: ten minutes, however many bars there are yet.
        x: { range: () => [(Date.now() - SPAN_MS) / 1000, (Date.now() + BAR_MS) / 1000] },
        y: { range: (_chart, _low, high) => [0, Math.max(5, high)] },
      },
      axes: [axis, { ...axis, size: 44 }],
      series: [
        {},
        {
          stroke: line ?? '',
          fill: `${line}33`,
          points: { show: false },
          ...(bars === undefined ? {} : { paths: bars }),
        },
      ],
    },
    dataOf(counts),
    element,
  )
}

/** Draws with the colours the page has when it appears. */
const Bars = ({ bars }: Pick<RecentEvents, 'bars'>) => {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(undefined)
  const latest = useRef(bars)
  latest.current = bars
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    chart.current = createChart(element, latest.current)
    const resized = new ResizeObserver(() =>
      chart.current?.setSize({ width: element.clientWidth, height: HEIGHT }),
    )
    resized.observe(element)
    return () => {
      resized.disconnect()
      chart.current?.destroy()
    }
  }, [])
  useEffect(() => {
    chart.current?.setData(dataOf(bars))
  }, [bars])
  return (
    <div
      ref={place}
      className="chart"
      role="img"
      aria-label={`Events per ${BAR_MS / 1000} seconds, as bars`}
    />
  )
}

/** Events of each ten seconds since the console was opened. */
const EventChart = () => {
  const { bars, seen } = useRecentEvents()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  return (
    <Paper withBorder p="md" bg="var(--console-panel)">
      <Text size="sm" mb="xs">
        Events per {BAR_MS / 1000} s; {seen.toLocaleString()} since this console was opened
      </Text>
      <Bars key={scheme} bars={bars} />
    </Paper>
  )
}
export default EventChart
